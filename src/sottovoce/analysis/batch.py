"""Many inputs, one after another or side by side, each answered; the numbers are the same."""

import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from pathlib import Path

from sottovoce.analysis.pipeline import analyze, load_model
from sottovoce.audio.decode import Decoder, Limits, Source
from sottovoce.domain import Analysis, Baseline, FeatureTable
from sottovoce.errors import SottovoceError
from sottovoce.features.opensmile import FEATURE_SETS
from sottovoce.models.judge import Judge
from sottovoce.models.registry import DEFAULT_MODEL


@dataclass(frozen=True, slots=True)
class Trouble:
    """An input that could not be analysed, and why."""

    source: str
    error: SottovoceError


class InternalError(SottovoceError):
    """Sottovoce itself failed."""

    type = "internal"


Outcome = Analysis | Trouble
STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Plan:
    """How to analyse: model, limits of the decoder, an openSMILE set, a baseline, threads."""

    model: str = DEFAULT_MODEL
    limits: Limits = field(default_factory=Limits)
    opensmile_set: str | None = None
    baseline: Baseline | None = None
    threads: int = 1


def analyze_many(paths: Sequence[Path], plan: Plan, jobs: int = 1) -> Iterator[Outcome]:
    """Analyse files in input order; a file that fails is answered with its Trouble.

    Parameters
    ----------
    paths
        Files.
    plan
        Shared by all of them.
    jobs
        Processes to use; each has its own model and its own decoder. Standard input among the
        paths keeps all in one process.
    """
    if jobs > 1 and len(paths) > 1 and Path(STANDARD_INPUT) not in paths:
        yield from _side_by_side(paths, plan, jobs)
        return
    model = load_model(plan.model)
    with Decoder(plan.limits) as decoder:
        for path in paths:
            yield outcome_of(path, plan, model, decoder)


def outcome_of(source: Path, plan: Plan, model: Judge, decoder: Decoder) -> Outcome:
    """One input's Analysis, or its Trouble; a fault of our own is told as such, never raised."""
    try:
        sound = standard_input(plan) if str(source) == STANDARD_INPUT else source
        analysis = analyze(
            sound,
            model=model,
            baseline=plan.baseline,
            decoder=decoder,
            name=str(source),
            threads=plan.threads,
        )
        if plan.opensmile_set is None:
            return analysis
        return replace(analysis, features=opensmile_table(sound, plan.opensmile_set, decoder))
    except SottovoceError as error:
        return Trouble(str(source), error)
    except Exception as fault:  # a batch of thousands must not end at one of them
        name = type(fault).__name__
        return Trouble(
            str(source), InternalError(f"'{source}': sottovoce failed ({name}: {fault}); report it")
        )


def standard_input(plan: Plan) -> Source:
    """Standard input as a stream, or its bytes when they are to be read twice."""
    return sys.stdin.buffer.read() if plan.opensmile_set else sys.stdin.buffer


def opensmile_table(sound: Source, set_name: str, decoder: Decoder) -> FeatureTable:
    """openSMILE's functionals over the whole recording.

    Raises
    ------
    MissingExtraError
        openSMILE is not installed.
    """
    found = FEATURE_SETS[set_name](decoder.decode(sound).samples)
    values = dict(zip(found.names, map(float, found.values), strict=True))
    return FeatureTable(set_name, values)


def _side_by_side(paths: Sequence[Path], plan: Plan, jobs: int) -> Iterator[Outcome]:
    load_model(plan.model)  # a wrong name is refused here, once, not in every worker
    with ProcessPoolExecutor(
        jobs, mp_context=get_context("spawn"), initializer=_start_worker, initargs=(plan,)
    ) as pool:
        futures = [pool.submit(_work, path) for path in paths]
        try:
            for path, future in zip(paths, futures, strict=True):
                yield _answer(path, future.result)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _answer(path: Path, result: Callable[[], Outcome]) -> Outcome:
    try:
        return result()
    except BrokenProcessPool:
        return Trouble(str(path), InternalError(f"'{path}': a worker process died"))


class _Worker:
    """What one worker process keeps between files."""

    plan: Plan
    model: Judge
    decoder: Decoder


def _start_worker(plan: Plan) -> None:
    _Worker.plan = plan
    _Worker.model = load_model(plan.model)
    _Worker.decoder = Decoder(plan.limits).__enter__()


def _work(path: Path) -> Outcome:
    return outcome_of(path, _Worker.plan, _Worker.model, _Worker.decoder)

"""``sottovoce analyze``: how one memo sounded, or thousands."""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Protocol, TypeVar

import typer

if TYPE_CHECKING:
    from sottovoce.analysis.batch import Outcome, Plan, Trouble
    from sottovoce.domain import Analysis, Baseline

Item = TypeVar("Item")
RISK_WINGS = "sottovoce.risk"

EPILOG = """\b
Examples:
  sottovoce analyze memo.m4a                      one memo, in words and bars
  sottovoce analyze ~/memos --json > memos.jsonl  a folder, one JSON object a line
  sottovoce analyze ~/memos --jobs 4              with four processes
  cat memo.ogg | sottovoce analyze -              standard input
  sottovoce analyze new.m4a --baseline ~/memos    against the same voice's earlier memos
  sottovoce analyze memo.m4a --save --tag work    and keep the analysis in your journal

Exit status 0: all analysed; 1: some input failed, the others are done; 2: wrong usage."""


def analyze_command(
    paths: Annotated[list[str], typer.Argument(help="Files, folders, or - for standard input.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    model: Annotated[str | None, typer.Option(help="Name of the emotion model.")] = None,
    max_duration: Annotated[
        float, typer.Option(min=1.0, help="Longest recording to accept, in seconds.")
    ] = 1800.0,
    jobs: Annotated[int, typer.Option(min=1, help="Processes to use for many files.")] = 1,
    baseline: Annotated[
        Path | None,
        typer.Option(
            help="Folder with earlier memos of the same voice: scores are given against its own "
            "normal, the absolute ones beside them."
        ),
    ] = None,
    threads: Annotated[
        int, typer.Option(min=1, help="Windows to hear at once in each process.")
    ] = 1,
    features: Annotated[
        str | None,
        typer.Option(help="Add openSMILE functionals: egemaps or compare (see their licence)."),
    ] = None,
    risk: Annotated[
        str | None,
        typer.Option(
            help="Research: a model of low mood of yours, judged on clinical labels; its answer "
            "is not kept."
        ),
    ] = None,
    transcript: Annotated[
        str | None,
        typer.Option(
            help="With --risk: what was said, for a model that hears words (txt, srt, vtt, json, "
            "csv, or whisper:FOLDER)."
        ),
    ] = None,
    save: Annotated[
        bool, typer.Option("--save", help="Keep each analysis in your journal.")
    ] = False,
    note: Annotated[str, typer.Option(help="With --save: a note on it.")] = "",
    tag: Annotated[list[str] | None, typer.Option(help="With --save: a tag; repeatable.")] = None,
    keep_audio: Annotated[
        bool, typer.Option("--keep-audio", help="With --save: keep the audio too, encrypted.")
    ] = False,
) -> None:
    """Say how a voice sounded: emotions, stress index, markers, biomarkers, with their doubt."""
    from sottovoce.analysis.batch import Plan
    from sottovoce.audio.decode import Limits
    from sottovoce.cli.inputs import expand
    from sottovoce.models.registry import DEFAULT_MODEL

    limits = Limits(max_duration_s=max_duration)
    plan = Plan(model or DEFAULT_MODEL, limits, features, threads=threads)
    say_licence(features)
    if baseline:
        plan = replace(plan, baseline=learnt_from(baseline, plan))
    found = list(expand(paths))
    if transcript and (not risk or len(found) != 1):
        raise typer.BadParameter("--transcript needs --risk and one memo; or try: sottovoce words")
    analyst = opened_analyst(risk, jobs, transcript) if risk else None
    outcomes = watched(found, plan, jobs, analyst)
    if save:
        from sottovoce.cli.saving import Wish, saved

        outcomes = saved(outcomes, Wish(note, tuple(tag or ()), keep_audio))
    elif note or tag or keep_audio:
        raise typer.BadParameter("--note, --tag and --keep-audio need --save")
    failed = write_json(outcomes, analyst) if as_json else write_words(outcomes, analyst)
    raise typer.Exit(1 if failed else 0)


class Analyst(Protocol):
    """What a side wing has to say beside an analysis, for those who ask; see its own words."""

    notice: str

    def outcomes(self, paths: "Iterable[Path]", plan: "Plan") -> "Iterator[Outcome]":
        """Analyses in input order."""
        ...

    def beside(self, source: str) -> dict[str, Any]:
        """More keys of the JSON object of a memo."""
        ...

    def words(self, source: str) -> tuple[str, ...]:
        """The same in sentences."""
        ...

    def alert(self) -> str | None:
        """What is said after all memos."""
        ...


def opened_analyst(name: str, jobs: int, transcript: str | None) -> Analyst:
    """The wing's answer to ``--risk NAME``; its notice is told each time."""
    from importlib.metadata import entry_points

    if jobs > 1:
        raise typer.BadParameter("--risk hears one memo after another; leave out --jobs")
    (wing,) = entry_points(group=RISK_WINGS)
    analyst: Analyst = wing.load()(name, transcript)
    typer.echo(analyst.notice, err=True)
    return analyst


def learnt_from(folder: Path, plan: "Plan") -> "Baseline":
    """The normal of the voice in a folder of memos; unreadable ones are told and passed over."""
    from sottovoce.analysis.baseline import NoBaselineError, learn_baseline
    from sottovoce.analysis.batch import Trouble
    from sottovoce.analysis.pipeline import load_model
    from sottovoce.audio.decode import Decoder
    from sottovoce.cli.inputs import expand
    from sottovoce.models.emotion import with_baselines

    def tell(trouble: Exception) -> None:
        typer.echo(f"sottovoce: not in the baseline: {trouble}", err=True)

    found = list(expand([str(folder)]))
    for item in found:
        if isinstance(item, Trouble):
            tell(item.error)
    memos = [item for item in found if not isinstance(item, Trouble)]
    model = with_baselines(load_model(plan.model))
    try:
        with Decoder(plan.limits) as decoder:
            watched_memos = shown(memos, "Learning your normal", len(memos))
            baseline = learn_baseline(watched_memos, model, decoder, tell)
    except NoBaselineError as trouble:
        raise typer.BadParameter(f"'{folder}': {trouble}", param_hint="--baseline") from trouble
    model.check_baseline(baseline)
    return baseline


def say_licence(features: str | None) -> None:
    """openSMILE's licence is told each time it is used, and a wrong set is refused."""
    if features is None:
        return
    from sottovoce.features.opensmile import FEATURE_SETS, LICENCE_NOTICE

    if features not in FEATURE_SETS:
        raise typer.BadParameter(f"'{features}' is none of {', '.join(sorted(FEATURE_SETS))}")
    typer.echo(LICENCE_NOTICE, err=True)


def watched(
    items: "list[Path | Trouble]", plan: "Plan", jobs: int, analyst: Analyst | None = None
) -> "Iterator[Outcome]":
    """Outcomes in input order, with a progress bar on standard error where someone looks."""
    from sottovoce.analysis.batch import Trouble, analyze_many

    paths = [item for item in items if not isinstance(item, Trouble)]
    analysed = analyst.outcomes(paths, plan) if analyst else analyze_many(paths, plan, jobs)
    ordered = (item if isinstance(item, Trouble) else next(analysed) for item in items)
    return shown(ordered, "Listening", len(items))


def shown(items: "Iterable[Item]", what: str, count: int) -> "Iterator[Item]":
    """The same items, with a progress bar on standard error where someone looks."""
    if count < 2 or not sys.stderr.isatty():
        return iter(items)
    from rich.console import Console
    from rich.progress import track

    return iter(track(items, what, total=count, console=Console(stderr=True), transient=True))


def write_json(outcomes: "Iterable[Outcome]", analyst: Analyst | None = None) -> int:
    """One JSON object a line on standard output; returns how many failed."""
    from sottovoce.analysis.batch import Trouble
    from sottovoce.analysis.wire import analysis_to_wire, trouble_to_wire

    failed = 0
    for outcome in outcomes:
        if isinstance(outcome, Trouble):
            failed += 1
            line = trouble_to_wire(outcome.source, outcome.error)
        else:
            line = analysis_to_wire(outcome) | (analyst.beside(outcome.source) if analyst else {})
        print(json.dumps(line, ensure_ascii=False, allow_nan=False), flush=True)  # noqa: T201
    return failed


def write_words(outcomes: "Iterable[Outcome]", analyst: Analyst | None = None) -> int:
    """A summary for people on standard output; troubles as sentences on standard error."""
    from rich.console import Console

    from sottovoce.analysis.batch import Trouble
    from sottovoce.cli.words import summary

    console, failed = Console(highlight=False), 0
    for outcome in outcomes:
        if isinstance(outcome, Trouble):
            failed += 1
            typer.echo(f"sottovoce: {outcome.error}", err=True)
        else:
            console.print(summary(outcome))
            write_beside(outcome, analyst)
    if analyst and (alert := analyst.alert()):
        typer.echo(alert)
    return failed


def write_beside(analysis: "Analysis", analyst: Analyst | None) -> None:
    """What a side wing says of a memo, a sentence a line."""
    for sentence in analyst.words(analysis.source) if analyst else ():
        typer.echo(f"  {sentence}")

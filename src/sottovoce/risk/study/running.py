"""From a folder of interviews to report and model: what the commands do."""

from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self, cast

import typer

from sottovoce.audio.decode import Decoder, Limits
from sottovoce.features.opensmile import LICENCE_NOTICE
from sottovoce.models.card import read_card
from sottovoce.risk.analysing import open_encoder
from sottovoce.risk.commands import tell
from sottovoce.risk.corpora import read_corpus
from sottovoce.risk.features.described import find_set
from sottovoce.risk.features.gathering import Listener
from sottovoce.risk.features.hearing import Ears
from sottovoce.risk.fence.gate import FenceError, passed
from sottovoce.risk.network.backend import open_keras
from sottovoce.risk.network.options import Encoder, Fusion, NetOptions
from sottovoce.risk.study.crossing import Plan
from sottovoce.risk.study.nouns import Study
from sottovoce.risk.study.report import write_report
from sottovoce.risk.study.shipping import ship_model
from sottovoce.risk.study.studying import Wanted, study
from sottovoce.risk.words.sentiment import open_sentiment

LONGEST_S = 2 * 3600.0


def plan_of(fusion: str, sequence: str, folds: int, seeds: int, quick: bool) -> Plan:
    """Two settings to choose from inside each fold; one when it is to be quick."""
    first = NetOptions(fusion=cast(Fusion, fusion), encoder=cast(Encoder, sequence))
    smaller = replace(first, width=8, dropout=0.6, levels_weight=0.3)
    return Plan(folds=folds, seeds=seeds, choices=(first,) if quick else (first, smaller))


class Session:
    """A running decoder and what it heard; use it as a context manager."""

    def __init__(self, features: str, encoder: str | None, words: str | None, cache: Path) -> None:
        open_keras()  # a missing extra is told before ten hours are heard
        if features == "egemaps":
            typer.echo(LICENCE_NOTICE, err=True)
        ears = Ears(
            find_set(features),
            open_encoder(encoder) if encoder else None,
            open_sentiment(words) if words else None,
        )
        self._decoder = Decoder(Limits(max_duration_s=LONGEST_S))
        self._listener = Listener(ears, self._decoder, cache)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._decoder.close()

    def study(self, place: Path, layout: str, plan: Plan, quick: bool) -> tuple[Plan, Study]:
        """Judge a corpus and tell what was found."""
        wanted = Wanted(ablations=not quick, controls=not quick)
        found = study(read_corpus(place, layout), self._listener, plan, wanted)
        tell(found)
        return plan, found

    def report(self, folder: Path, found: Study, name: str) -> None:
        """Write the report, and the card beside it."""
        write_report(folder, found, name)
        typer.echo(f"the report is '{folder / 'report.html'}'", err=True)

    def ship(self, folder: Path, found: Study, plan: Plan, name: str) -> None:
        """Fit on everyone, write the model's folder, and say where the fence will stop it."""
        ship_model(folder, found, self._listener, plan, name)
        typer.echo(f"the model is in '{folder}'", err=True)
        try:
            passed(read_card(folder))
        except FenceError as refusal:
            typer.echo(f"sottovoce: {refusal}", err=True)

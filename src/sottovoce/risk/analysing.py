"""``analyze --risk NAME``: one more answer beside the analysis, from what was described anyway.

The emotion model's place is taken by one that hands every window on and keeps its features, so a
memo is described once.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from sottovoce.analysis.batch import Outcome, Plan, Trouble, outcome_of
from sottovoce.analysis.pipeline import load_model
from sottovoce.audio.decode import Decoder
from sottovoce.config import read_settings
from sottovoce.domain import Analysis, Baseline, FloatArray
from sottovoce.errors import ModelError, SottovoceError
from sottovoce.models.card import SPEECH
from sottovoce.models.embed import pooled
from sottovoce.models.emotion import Judged
from sottovoce.models.judge import Hearable, Images, Judge
from sottovoce.models.registry import find_model
from sottovoce.models.speech_model import SpeechModel
from sottovoce.risk.features.hearing import Ears, Heard, stacked
from sottovoce.risk.features.markers import marker_values
from sottovoce.risk.features.wording import unsaid
from sottovoce.risk.fence.gate import FenceError
from sottovoce.risk.fence.model import Answer, RiskModel
from sottovoce.risk.fence.words import NOTICE, alert, answer_to_wire, sentences
from sottovoce.risk.words.measures import measure_words, word_values
from sottovoce.risk.words.sentiment import Sentiment, open_sentiment
from sottovoce.risk.words.source import check_source, words_of


def open_analyst(name: str, transcript: str | None = None) -> "Analyst":
    """The model of low mood of that name, from the person's models folder.

    Parameters
    ----------
    name
        Of the model.
    transcript
        Where the words come from (see ``words.source``); None to hear the voice alone.

    Raises
    ------
    FenceError
        It may not say a number.
    ModelError
        There is no such model, its files are not those of its card, or it hears no words.
    """
    model = RiskModel(find_model(name, read_settings().models_folder))
    encoder = open_encoder(model.encoder) if model.encoder else None
    if transcript:
        check_source(transcript)
    sentiment = sentiment_of(model) if transcript else None
    return Analyst(model, Ears(model.features, encoder, sentiment), transcript)


def sentiment_of(model: RiskModel) -> Sentiment:
    """What gave words their sentiment when the model was trained.

    Raises
    ------
    ModelError
        It was trained on voices alone, or on another version.
    """
    if model.sentiment is None:
        raise ModelError(f"'{model.card.name}' hears the voice alone; leave out the transcript")
    name, version = model.sentiment
    sentiment = open_sentiment(name)
    if sentiment.version != version:
        raise ModelError(
            f"'{model.card.name}' was trained on version {version} of '{name}', and here is "
            f"{sentiment.version}; train it again"
        )
    return sentiment


def open_encoder(name: str) -> SpeechModel:
    """An imported speech model by its name.

    Raises
    ------
    ModelError
        There is none, or it is of another kind.
    """
    card = find_model(name, read_settings().models_folder)
    if card.kind != SPEECH:
        raise FenceError(f"'{name}' is no speech model; see: sottovoce models import")
    return SpeechModel(card)


@dataclass(slots=True, eq=False)
class Once:
    """A window whose functionals are computed once, whoever asks."""

    window: Hearable
    known: FloatArray | None = None

    @property
    def samples(self) -> FloatArray:
        """The sound."""
        return self.window.samples

    def functionals(self) -> FloatArray:
        """Functionals of the descriptors."""
        if self.known is None:
            self.known = self.window.functionals()
        return self.known

    def images(self) -> Images:
        """Mel image and correlogram."""
        return self.window.images()


class Overhearing:
    """An emotion model that keeps the features of every window it hears, in order."""

    def __init__(self, inner: Judge, ears: Ears) -> None:
        self.card, self.id = inner.card, inner.id
        self._inner, self._ears = inner, ears
        self._segments: list[FloatArray] = []
        self._embeddings: list[FloatArray] = []

    def check_baseline(self, baseline: Baseline) -> None:
        """Refuse a baseline that the model cannot use."""
        self._inner.check_baseline(baseline)

    def hear(self, window: Hearable, baseline: Baseline | None) -> Judged:
        """What the model says of one window."""
        once = Once(window)
        self._segments.append(self._ears.features.describe(once))
        if self._ears.encoder:
            self._embeddings.append(pooled(self._ears.encoder.means(window.samples), -1))
        return self._inner.hear(once, baseline)

    def heard(self, analysis: Analysis) -> Heard:
        """What was kept of the memo that was just analysed."""
        count = len(self._segments)
        return Heard(
            segments=stacked(self._segments, (count, len(self._ears.features.names()))),
            embeddings=stacked(self._embeddings, (count, 0)),
            markers=marker_values(analysis.biomarkers),
            starts_s=np.array([one.segment.start_s for one in analysis.segments]),
            snr_db=np.array([np.nan]),
        )

    def forget(self) -> None:
        """Make room for the next memo."""
        self._segments.clear()
        self._embeddings.clear()


class Analyst:
    """Analyses memos one after another, and answers for each what its model heard."""

    notice = NOTICE

    def __init__(self, model: RiskModel, ears: Ears, transcript: str | None = None) -> None:
        self._model, self._ears, self._transcript = model, ears, transcript
        self._answers: dict[str, Answer] = {}

    def outcomes(self, paths: Iterable[Path], plan: Plan) -> Iterator[Outcome]:
        """Analyses in input order, or the troubles."""
        overhearing = Overhearing(load_model(plan.model), self._ears)
        plan = replace(plan, threads=1)  # windows are kept in their order
        with Decoder(plan.limits) as decoder:
            for path in paths:
                overhearing.forget()
                outcome = outcome_of(path, plan, overhearing, decoder)
                yield self._answered(outcome, overhearing, decoder)

    def beside(self, source: str) -> dict[str, Any]:
        """What stands beside the analysis of a memo, as JSON values; nothing for a trouble."""
        answer = self._answers.get(source)
        if answer is None:
            return {}
        return {"risk": answer_to_wire(answer, self._model.evaluation, self._model.card.name)}

    def words(self, source: str) -> tuple[str, ...]:
        """The same in sentences."""
        answer = self._answers.get(source)
        return sentences(answer, self._model.evaluation) if answer else ()

    def alert(self) -> str | None:
        """What is said after all memos, where five in a row sounded so."""
        return alert(list(self._answers.values()))

    def _answered(self, outcome: Outcome, overhearing: Overhearing, decoder: Decoder) -> Outcome:
        if isinstance(outcome, Trouble):
            return outcome
        try:
            usable = outcome.status == "ok"
            heard = replace(overhearing.heard(outcome), words=self._words(outcome.source, decoder))
            nothing = Answer("undecided", None, None, None)
            self._answers[outcome.source] = self._model.judge(heard) if usable else nothing
        except SottovoceError as trouble:
            return Trouble(outcome.source, trouble)
        return outcome

    def _words(self, memo: str, decoder: Decoder) -> FloatArray:
        """What was said in a memo; not numbers where nobody asks."""
        if self._transcript is None or self._ears.sentiment is None:
            return unsaid()
        transcript, duration_s = words_of(self._transcript, Path(memo), decoder)
        return word_values(measure_words(transcript, self._ears.sentiment, duration_s))

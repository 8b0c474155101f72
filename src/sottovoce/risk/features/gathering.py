"""All interviews of a corpus, heard; what was heard once is kept by what it was."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from sottovoce.audio.decode import Decoder
from sottovoce.domain import FloatArray
from sottovoce.risk.features.cutting import Side, cut
from sottovoce.risk.features.hearing import Ears, Heard, from_arrays, hear
from sottovoce.risk.features.wording import said
from sottovoce.risk.interviews import Corpus, Interview, check_classes
from sottovoce.risk.words.sentiment import Sentiment
from sottovoce.runtime import file_sha256
from sottovoce.training.describing import code_digest
from sottovoce.training.errors import CorpusError
from sottovoce.training.progress import watched
from sottovoce.training.store import Arrays, FitStore

RULES = 1  # raised when numbers change under the same names


@dataclass(frozen=True, slots=True)
class Listener:
    """Hears interviews by a running decoder and keeps what it heard in a folder."""

    ears: Ears
    decoder: Decoder
    folder: Path

    def heard(self, interview: Interview, side: Side = "participant") -> Heard:
        """What one side says in an interview; heard only the first time."""

        def make() -> Arrays:
            return hear(cut(interview, side, self.decoder), self.ears).arrays()

        heard = from_arrays(FitStore(self.folder).kept(self.key(interview, side), make))
        if self.ears.sentiment is None:
            return heard
        return replace(heard, words=self._words(interview, side, self.ears.sentiment))

    def _words(self, interview: Interview, side: Side, sentiment: Sentiment) -> FloatArray:
        """What one side said; measured only the first time."""

        def make() -> Arrays:
            return {"words": said(interview, side, sentiment, self.decoder)}

        files = (*interview.audio, *interview.transcripts)
        parts = ("words", sentiment.name, sentiment.version, side, str(interview.turns))
        key = "\0".join((str(RULES), *parts, *[file_sha256(file) for file in files]))
        name = hashlib.sha256(key.encode()).hexdigest()
        return np.asarray(FitStore(self.folder).kept(name, make)["words"])

    def key(self, interview: Interview, side: Side) -> str:
        """A name that changes with the sound, the turns, the side and the code."""
        encoder = self.ears.encoder.id.sha256 if self.ears.encoder else ""
        described = f"{self.ears.features.name} {self.ears.features.version()}"
        sounds = [file_sha256(file) for file in interview.audio]
        parts = (str(RULES), code_digest(), described, encoder, side, str(interview.turns), *sounds)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True, eq=False)
class Gathered:
    """People and what was heard of each, in the same order; ``notes`` say who was left out."""

    interviews: tuple[Interview, ...]
    heard: tuple[Heard, ...]
    notes: tuple[str, ...] = ()


def gather(corpus: Corpus, listener: Listener, side: Side = "participant") -> Gathered:
    """Hear a corpus; people of whom no speech was heard are left out and told.

    Raises
    ------
    CorpusError
        Nobody speaks, or what is left is of one class only.
    """
    told = f"Hearing the {side}s"
    every = [listener.heard(one, side) for one in watched(corpus.interviews, told)]
    kept = [place for place, heard in enumerate(every) if len(heard)]
    if not kept:
        raise CorpusError(f"no speech was heard in any interview of '{corpus.name}'")
    check_classes(
        [corpus.interviews[place].case for place in kept], f"what was heard of '{corpus.name}'"
    )
    return Gathered(
        interviews=tuple(corpus.interviews[place] for place in kept),
        heard=tuple(every[place] for place in kept),
        notes=tuple(_silent(corpus.interviews, every)),
    )


def _silent(interviews: Sequence[Interview], heard: Sequence[Heard]) -> Iterator[str]:
    for interview, one in zip(interviews, heard, strict=True):
        if not len(one):
            yield f"no speech was heard of '{interview.person}', left out"

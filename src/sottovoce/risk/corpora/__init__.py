"""Folders of interviews, found by their layout."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from sottovoce.risk.corpora.androids import FOLDS, read_androids
from sottovoce.risk.corpora.daic import (
    DAIC_SPLITS,
    EDAIC_SPLITS,
    read_daic,
    read_edaic,
    split_folder,
)
from sottovoce.risk.corpora.eatd import LABEL, read_eatd
from sottovoce.risk.corpora.manifest import read_manifest
from sottovoce.risk.interviews import Corpus, check_classes
from sottovoce.risk.marks import is_made, made_voice
from sottovoce.training.errors import CorpusError

READERS: Mapping[str, Callable[[Path], Corpus]] = {
    "daic-woz": read_daic,
    "e-daic": read_edaic,
    "androids": read_androids,
    "eatd": read_eatd,
    "table": read_manifest,
}


def read_corpus(place: Path, layout: str = "auto") -> Corpus:
    """The interviews of a corpus; one that a generator wrote is known by its marks.

    Parameters
    ----------
    place
        A folder, or a CSV manifest.
    layout
        A key of :data:`READERS`, or "auto".

    Raises
    ------
    CorpusError
        The layout is not known, or something in it is wrong; the sentence says what.
    """
    name = layout_of(place) if layout == "auto" else layout
    if name not in READERS:
        raise CorpusError(f"'{layout}' is no layout; there are: {', '.join(READERS)}")
    corpus = READERS[name](place)
    if not corpus.interviews:
        raise CorpusError(f"'{place}' holds no interviews")
    check_classes([one.case for one in corpus.interviews], f"'{place}'")
    made = is_made(file for one in corpus.interviews for file in one.audio)
    return _with_voices(replace(corpus, basis="made")) if made else corpus


def _with_voices(corpus: Corpus) -> Corpus:
    named = (replace(one, voice=made_voice(one.audio[0])) for one in corpus.interviews)
    return replace(corpus, interviews=tuple(named))


def layout_of(place: Path) -> str:
    """How a corpus is laid out, by the files that only it has.

    Raises
    ------
    CorpusError
        It is laid out like none that is known.
    """
    if not place.exists():
        raise CorpusError(f"'{place}' does not exist")
    if place.is_file():
        return "table"
    signs = {
        "daic-woz": split_folder(place, DAIC_SPLITS),
        "e-daic": split_folder(place, EDAIC_SPLITS),
        "androids": (place / FOLDS).is_file(),
        "eatd": any(place.glob(f"[tv]_*/{LABEL}")) or any(place.glob(f"*/[tv]_*/{LABEL}")),
    }
    found = [name for name, sign in signs.items() if sign]
    if not found:
        raise CorpusError(f"'{place}' is laid out as none of: {', '.join(READERS)}")
    return found[0]

"""Adapters from each corpus's official folder layout to one manifest.

>>> sorted(CORPORA)[:4]
['crema-d', 'csv', 'emodb', 'emovo']
"""

from collections.abc import Mapping
from pathlib import Path

from sottovoce.training.checks import check_present
from sottovoce.training.corpora.base import Corpus
from sottovoce.training.corpora.crema_d import CREMA_D
from sottovoce.training.corpora.emodb import EMODB
from sottovoce.training.corpora.emovo import EMOVO
from sottovoce.training.corpora.iemocap import IEMOCAP
from sottovoce.training.corpora.jl import JL
from sottovoce.training.corpora.meld import MELD
from sottovoce.training.corpora.nemo import NEMO
from sottovoce.training.corpora.ravdess import RAVDESS
from sottovoce.training.corpora.savee import SAVEE
from sottovoce.training.corpora.shemo import SHEMO
from sottovoce.training.corpora.table import TABLE
from sottovoce.training.corpora.tess import TESS
from sottovoce.training.corpora.urdu import URDU
from sottovoce.training.errors import CorpusError
from sottovoce.training.manifest import Manifest

AUTO = "auto"

# Tables first: where somebody has written down what the clips are, the file names do not matter.
IN_ORDER: tuple[Corpus, ...] = (
    TABLE,
    MELD,
    IEMOCAP,
    RAVDESS,
    EMODB,
    CREMA_D,
    EMOVO,
    JL,
    NEMO,
    SAVEE,
    SHEMO,
    TESS,
    URDU,
)
CORPORA: Mapping[str, Corpus] = {corpus.name: corpus for corpus in IN_ORDER}


def detect(folder: Path) -> Corpus:
    """The corpus that a folder is laid out as.

    Raises
    ------
    CorpusError
        There is no such folder, or it fits none of them.
    """
    if not folder.exists():
        raise CorpusError(f"'{folder}' does not exist")
    for corpus in IN_ORDER:
        if corpus.fits(folder):
            return corpus
    raise CorpusError(
        f"'{folder}' holds no audio laid out like {', '.join(CORPORA)}; "
        "give it a labels.csv with the columns path, speaker, emotion"
    )


def find_corpus(name: str) -> Corpus:
    """The corpus of that name.

    Raises
    ------
    CorpusError
        There is none; the sentence lists those there are.
    """
    if name not in CORPORA:
        raise CorpusError(f"there is no corpus '{name}'; there are: {', '.join(CORPORA)}")
    return CORPORA[name]


def read_corpus(
    folder: Path, name: str = AUTO, labels: Mapping[str, str] | None = None
) -> Manifest:
    """All labelled clips of a corpus folder.

    Parameters
    ----------
    folder
        The corpus as its makers publish it, or a CSV.
    name
        One of :data:`CORPORA`, or ``"auto"`` to find out.
    labels
        Words for emotions to add to the corpus's own, each with one of our labels or ``"ignored"``.

    Raises
    ------
    CorpusError
        The folder is not such a corpus, a label in it is not known, or a clip is missing or empty.
    """
    if not folder.exists():
        raise CorpusError(f"'{folder}' does not exist")
    corpus = detect(folder) if name == AUTO else find_corpus(name)
    manifest = corpus.read(folder, labels or {})
    check_present(manifest.clips)
    return manifest

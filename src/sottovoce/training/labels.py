"""Every corpus has its own words for emotions; these are aligned onto our eight labels."""

from collections.abc import Mapping
from pathlib import PurePath

from sottovoce.domain import LABELS
from sottovoce.training.errors import CorpusError

IGNORED = "ignored"

SYNONYMS: Mapping[str, str] = {
    **{label: label for label in LABELS},
    "anger": "angry",
    "disgusted": "disgust",
    "fear": "fearful",
    "happiness": "happy",
    "joy": "happy",
    "sadness": "sad",
    "surprise": "surprised",
}


def align_label(word: str, words: Mapping[str, str], file: PurePath) -> str | None:
    """One of our labels for a corpus's own word, or None when the word is ignored on purpose.

    Parameters
    ----------
    word
        The emotion as the corpus writes it.
    words
        The corpus's words, each with one of our labels or ``"ignored"``.
    file
        Where the word was found; the error names it.

    Raises
    ------
    CorpusError
        The word is not among ``words``, or is mapped to a label we do not have.

    Examples
    --------
    >>> words = {"W": "angry", "L": "ignored"}
    >>> align_label("W", words, PurePath("03a01Wa.wav"))
    'angry'
    >>> align_label("L", words, PurePath("03a01La.wav")) is None
    True
    """
    label = words.get(word)
    if label is None:
        raise CorpusError(
            f"'{file}' is labelled '{word}', which is not known here; give the corpus "
            f'labels = {{ "{word}" = "ignored" }} in the recipe, or one of {", ".join(LABELS)}'
        )
    if label == IGNORED:
        return None
    if label not in LABELS:
        raise CorpusError(f"'{word}' is mapped to '{label}', which is none of {', '.join(LABELS)}")
    return label

from pathlib import PurePath

import pytest

from sottovoce.domain import LABELS
from sottovoce.training.errors import CorpusError
from sottovoce.training.labels import IGNORED, SYNONYMS, align_label

FILE = PurePath("corpus/clip.wav")


@pytest.mark.parametrize("label", LABELS)
def test_our_own_labels_stay(label: str) -> None:
    assert align_label(label, SYNONYMS, FILE) == label


def test_a_word_can_be_ignored_on_purpose() -> None:
    assert align_label("bored", {"bored": IGNORED}, FILE) is None


def test_an_unknown_word_names_file_and_word() -> None:
    with pytest.raises(CorpusError, match=r"'corpus/clip\.wav' is labelled 'bored'.*ignored"):
        align_label("bored", SYNONYMS, FILE)


def test_a_word_cannot_be_mapped_to_what_we_do_not_have() -> None:
    with pytest.raises(CorpusError, match="'bored' is mapped to 'weary', which is none of"):
        align_label("bored", {"bored": "weary"}, FILE)

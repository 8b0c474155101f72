"""Words for emotions in many spellings and languages."""

import pytest

from sottovoce.domain import LABELS
from sottovoce.models.labels import SYNONYMS, WORDS, align_labels, names_dimensions


def test_our_own_labels_are_themselves() -> None:
    assert align_labels(LABELS) == LABELS


@pytest.mark.parametrize(
    ("words", "ours"),
    [
        (["neu", "hap", "ang", "sad"], ("neutral", "happy", "angry", "sad")),
        (["Anger", "FEAR", " Joy "], ("angry", "fearful", "happy")),
        (["Wut", "Ärger", "Überraschung"], ("angry", "angry", "surprised")),
        (["złość", "radość", "lęk", "spokój"], ("angry", "happy", "fearful", "calm")),
        (["colère", "dégoût", "joie"], ("angry", "disgust", "happy")),
        (["нейтральный", "злость"], ("neutral", "angry")),
        (["愤怒", "喜び", "슬픔"], ("angry", "happy", "sad")),
        (["pleasant surprise", "pleasant_surprise"], ("surprised", "surprised")),
    ],
)
def test_spellings(words: list[str], ours: tuple[str, ...]) -> None:
    assert align_labels(words) == ours


def test_what_is_not_known_is_kept() -> None:
    assert align_labels(["Bored", "LABEL_3"]) == ("Bored", "LABEL_3")


def test_no_word_stands_for_two_labels() -> None:
    assert len(SYNONYMS) == sum(len(set(words.split())) for words in WORDS.values())


def test_dimensions_are_told_from_emotions() -> None:
    assert names_dimensions(["valence", "Arousal", "DOMINANCE"])
    assert not names_dimensions(["arousal", "valence"])

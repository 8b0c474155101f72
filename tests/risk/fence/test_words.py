"""The whole catalogue is read: how a voice sounded, its doubt, and nothing a person *is*."""

import re

import pytest

from sottovoce.risk.fence.words import CATALOGUE, NOTICE

BANNED = re.compile(
    r"diagnos|disorder|depress|\billness|\bill\b|\bsick|disease|patient|clinical|symptom|abnormal|"
    r"\bmental|therap|treat|doctor|suffer|patholog|screening|\brisk|worry|danger|warning|"
    r"emergency|should|must\b|you are|you're|you feel\b(?!\?)|you seem|you look"
)
DISCLAIMED = "it is no diagnosis and no medical device"


@pytest.mark.parametrize("key", sorted(CATALOGUE))
def test_no_sentence_says_what_a_person_is(key: str) -> None:
    assert not BANNED.search(CATALOGUE[key].lower().replace(DISCLAIMED, ""))


def test_the_notice_says_what_it_is_not() -> None:
    assert DISCLAIMED in NOTICE.lower()
    assert NOTICE.startswith("Research only: you asked for")
    assert "https://findahelpline.com" in NOTICE


@pytest.mark.parametrize("verdict", ["like cases", "not like cases", "undecided"])
def test_verdicts_speak_of_the_voice_and_bear_their_doubt(verdict: str) -> None:
    assert CATALOGUE[verdict].startswith("Your voice sounded ")
    assert "{span}" in CATALOGUE[verdict]
    assert {"{probability}", "{low}", "{high}"} <= set(re.findall(r"\{\w+\}", CATALOGUE["span"]))

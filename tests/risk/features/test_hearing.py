from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from sottovoce.analysis.listening import Described
from sottovoce.audio.decode import Decoder, decode
from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.errors import ModelError
from sottovoce.features.descriptors import describe
from sottovoce.risk.corpora import read_corpus
from sottovoce.risk.features.cutting import cut
from sottovoce.risk.features.described import FEATURE_SETS, find_set
from sottovoce.risk.features.gathering import Listener, gather
from sottovoce.risk.features.hearing import Ears, Heard, Piece, hear
from sottovoce.risk.features.markers import MARKERS
from sottovoce.risk.interviews import Corpus, Interview, Turn
from sottovoce.runtime import ASSETS
from sottovoce.training.errors import CorpusError

MakeDaic = Callable[..., Path]
Write = Callable[[Path, FloatArray], None]
OWN = Ears(find_set("own"))


@pytest.fixture(scope="module")
def memo() -> FloatArray:
    """A synthetic voice speaks for about eight seconds."""
    return decode(ASSETS / "samples" / "even.ogg").samples


def marker(heard: Heard, name: str) -> float:
    return float(heard.markers[MARKERS.index(name)])


@pytest.mark.parametrize("name", FEATURE_SETS)
def test_every_set_is_as_long_as_its_names_and_finite(name: str, memo: FloatArray) -> None:
    found = find_set(name)
    window = memo[: 3 * SAMPLE_RATE_HZ]
    values = found.describe(Described(window, describe(window)))
    assert values.shape == (len(found.names()),)
    assert np.isfinite(values).all()


def test_an_unknown_set() -> None:
    with pytest.raises(ModelError, match="there are: own, egemaps"):
        find_set("all")


def test_a_memo_heard(memo: FloatArray) -> None:
    heard = hear([Piece(memo)], OWN)
    assert len(heard) == len(heard.starts_s) >= 1
    assert heard.embeddings.shape == (len(heard), 0)
    assert 50 < marker(heard, "pitch_median_hz") < 400


def test_nothing_is_heard_in_silence(quiet: FloatArray) -> None:
    heard = hear([Piece(quiet)], OWN)
    assert heard.segments.shape == (0, len(find_set("own").names()))
    assert np.isnan(heard.markers).all()


def test_answers_come_late(memo: FloatArray) -> None:
    early = hear([Piece(memo, 5.0, answer_to_s=5.0)], OWN)
    late = hear([Piece(memo, 5.0, answer_to_s=3.0)], OWN)
    assert marker(late, "latency_s") - marker(early, "latency_s") == pytest.approx(2.0)


def interview(file: Path, *turns: Turn) -> Interview:
    return Interview("x_1", (file,), True, turns)


def test_the_interviewer_is_cut_out(tmp_path: Path, write_plain: Write, memo: FloatArray) -> None:
    write_plain(tmp_path / "a.wav", np.concatenate([memo, memo]))
    middle = len(memo) / SAMPLE_RATE_HZ
    both = interview(tmp_path / "a.wav", Turn(0.0, middle, True), Turn(middle, 2 * middle))
    with Decoder() as decoder:
        (own,) = cut(both, "participant", decoder)
        (other,) = cut(both, "interviewer", decoder)
    assert own.start_s == own.answer_to_s == middle
    np.testing.assert_allclose(own.samples, other.samples, atol=1e-3)


def test_changing_the_interviewer_changes_nothing(
    tmp_path: Path, write_plain: Write, memo: FloatArray
) -> None:
    middle = len(memo) / SAMPLE_RATE_HZ
    heard = []
    for name, other in (("a", memo), ("b", memo[::-1] * 0.3)):
        write_plain(tmp_path / f"{name}.wav", np.concatenate([other, memo]))
        both = interview(
            tmp_path / f"{name}.wav", Turn(0.0, middle, True), Turn(middle, 2 * middle)
        )
        with Decoder() as decoder:
            heard.append(hear(cut(both, "participant", decoder), OWN))
    np.testing.assert_array_equal(heard[0].segments, heard[1].segments)
    np.testing.assert_array_equal(heard[0].markers, heard[1].markers)


def test_turns_outside_the_sound(make_daic: MakeDaic, tmp_path: Path) -> None:
    turns = (("0.0", "1.0", "Ellie", "x"), ("1.2", "30.0", "Participant", "y"))
    corpus = read_corpus(make_daic({"300": "2", "301": "15"}, turns))
    with (
        Decoder() as decoder,
        pytest.raises(CorpusError, match=r"runs to 30\.0 s, the sound only to 4\.0 s"),
    ):
        gather(corpus, Listener(OWN, decoder, tmp_path / "kept"))


def test_silence_is_left_out_and_told(
    tmp_path: Path, write_plain: Write, memo: FloatArray, quiet: FloatArray
) -> None:
    people = []
    for name, sound, case in (("a", memo, True), ("b", memo, False), ("c", quiet, False)):
        write_plain(tmp_path / f"{name}.wav", sound)
        people.append(Interview(f"x_{name}", (tmp_path / f"{name}.wav",), case))
    with Decoder() as decoder:
        listener = Listener(OWN, decoder, tmp_path / "kept")
        found = gather(Corpus("x", tuple(people), "unstated"), listener)
        assert [one.person for one in found.interviews] == ["x_a", "x_b"]
        assert found.notes == ("no speech was heard of 'x_c', left out",)
        with pytest.raises(CorpusError, match="everyone in what was heard of 'x' is a case"):
            gather(Corpus("x", (people[0], people[2]), "unstated"), listener)


def test_what_was_heard_is_kept_by_content(
    tmp_path: Path, write_plain: Write, memo: FloatArray
) -> None:
    write_plain(tmp_path / "a.wav", memo)
    one = Interview("x_a", (tmp_path / "a.wav",), True)
    with Decoder() as decoder:
        listener = Listener(OWN, decoder, tmp_path / "kept")
        first = listener.heard(one)
    again = Listener(OWN, decoder, tmp_path / "kept").heard(one)  # the decoder is closed by now
    np.testing.assert_array_equal(first.segments, again.segments)
    before = listener.key(one, "participant")
    write_plain(tmp_path / "a.wav", 0.5 * memo)
    assert listener.key(one, "participant") != before

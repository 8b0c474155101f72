"""A transcript made here: by the real faster-whisper, with a made model of a few numbers."""

import socket
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from sottovoce.domain import FloatArray
from sottovoce.errors import MissingExtraError, ModelError
from sottovoce.risk.words.making import NEEDED, make_transcript
from sottovoce.risk.words.source import check_source
from sottovoce.risk.words.transcript import check_inside

if any(find_spec(needed) is None for needed in ("faster_whisper", "transformers", "torch")):
    pytest.skip(
        "faster-whisper or transformers is not here: pip install 'sottovoce[words,wav2vec2]'",
        allow_module_level=True,
    )

from tiny_whisper import write_whisper


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_whisper(tmp_path_factory.mktemp("models") / "whisper")


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever calls out fails."""

    def refuse(*_: object) -> None:
        raise AssertionError("something called out")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.mark.usefixtures("offline")
def test_words_are_written_down_with_their_times(model: Path, sine: FloatArray) -> None:
    samples = np.tile(sine, 3)
    found = make_transcript(samples, model)
    assert {line.text for line in found.lines} == {"good good good"}
    assert found.timed
    assert all(len(line.word_spans_s) == 3 for line in found.lines)
    check_inside(found, 1.0 + len(samples) / 16_000, "it")
    assert make_transcript(samples, model) == found


@pytest.mark.usefixtures("offline")
@pytest.mark.parametrize("missing", NEEDED)
def test_a_folder_that_is_not_whole_is_refused_before_anyone_is_asked(
    model: Path, tmp_path: Path, missing: str
) -> None:
    for name in set(NEEDED) - {missing}:
        (tmp_path / name).write_bytes((model / name).read_bytes())
    with pytest.raises(ModelError, match=f"has no {missing}; nothing is downloaded"):
        check_source(f"whisper:{tmp_path}")


def test_weights_that_are_none(tmp_path: Path, sine: FloatArray) -> None:
    for name in NEEDED:
        (tmp_path / name).write_text("{}")
    with pytest.raises(ModelError, match="cannot be opened"):
        make_transcript(sine, tmp_path)


def test_without_it_the_extra_is_named(
    model: Path, sine: FloatArray, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "faster_whisper", None)
    with pytest.raises(MissingExtraError, match=r"sottovoce\[words\]"):
        make_transcript(sine, model)

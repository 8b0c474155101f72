"""A memo becomes an analysis: on the samples that are shipped, and on made sounds."""

import io
import subprocess
import sys
import wave
from pathlib import Path

import numpy as np
import pytest

import sottovoce as sv
from sottovoce.analysis.wire import analysis_to_wire
from sottovoce.audio.decode import Decoder
from sottovoce.domain import LABELS, SAMPLE_RATE_HZ, FloatArray
from sottovoce.errors import NotFoundError
from sottovoce.runtime import ASSETS

SAMPLES = sorted((ASSETS / "samples").glob("*.ogg"))


def wav(samples: FloatArray) -> bytes:
    with wave.open(sound := io.BytesIO(), "wb") as file:
        file.setparams((1, 2, SAMPLE_RATE_HZ, 0, "NONE", ""))
        file.writeframes((samples * 32767).astype("<i2").tobytes())
    return sound.getvalue()


@pytest.mark.parametrize("memo", SAMPLES, ids=lambda path: path.stem)
def test_a_memo_is_heard(memo: Path) -> None:
    analysis = sv.analyze(memo)
    assert analysis.status == "ok"
    assert analysis.emotion is not None
    assert set(analysis.emotion.probabilities) == set(LABELS)
    assert sum(analysis.emotion.probabilities.values()) == pytest.approx(1.0)
    for index in (analysis.stress, analysis.anxiety, analysis.low_mood):
        assert index is not None
        assert 0.0 <= index.low <= index.value <= index.high <= 1.0
    starts = [heard.segment.start_s for heard in analysis.segments]
    assert starts == sorted(starts)
    assert analysis.segments[-1].segment.end_s <= analysis.duration_s
    assert analysis.sha256


def test_path_bytes_and_stream_give_the_same_numbers() -> None:
    memo = SAMPLES[0]
    with Decoder() as decoder, memo.open("rb") as stream:
        model = sv.load_model()
        wires = [
            analysis_to_wire(sv.analyze(source, model=model, decoder=decoder))
            for source in (memo, memo.read_bytes(), stream)
        ]
    for wire in wires:
        del wire["path"], wire["elapsed_s"]
    assert wires[0] == wires[1] == wires[2]


def test_silence_is_an_answer_not_an_error() -> None:
    analysis = sv.analyze(wav(np.zeros(5 * SAMPLE_RATE_HZ, np.float32)))
    assert analysis.status == "unusable"
    assert "silent" in analysis.reasons[0]
    assert analysis.emotion is None
    assert analysis.stress is None
    assert analysis.segments == ()
    assert analysis.model.name


def test_noise_alone_is_unusable() -> None:
    noise = np.random.default_rng(1).normal(0, 0.1, 5 * SAMPLE_RATE_HZ).astype(np.float32)
    analysis = sv.analyze(wav(np.clip(noise, -1, 1)))
    assert analysis.status == "unusable"
    assert "no speech" in analysis.reasons[0]


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match=r"none\.m4a"):
        sv.analyze(tmp_path / "none.m4a")


def test_importing_does_nothing_heavy() -> None:
    heavy = {"numpy", "onnxruntime", "av"}
    code = f"import sys, sottovoce; print(sorted({heavy} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"

"""A five-line world for the risk wing: small trees with the real names and columns."""

import wave
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pytest

from sottovoce.audio.decode import decode
from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.risk.features.hearing import Heard
from sottovoce.runtime import ASSETS
from sottovoce.training.augment.tempo import change_pitch

MakeDaic = Callable[..., Path]
MakeHeard = Callable[..., list[Heard]]
Write = Callable[[Path, FloatArray], None]
MakeVoices = Callable[[int], dict[str, list[FloatArray]]]
SENTENCE_SAMPLES = 2 * SAMPLE_RATE_HZ
SPEAKERS = ("bright", "even", "hurried", "slow")
TURNS = (("0.0", "1.0", "Ellie", "hi"), ("1.2", "3.0", "Participant", "hello"))
HEADER = "Participant_ID,PHQ8_Binary,PHQ8_Score,Gender"


@pytest.fixture
def write_plain() -> Write:
    """Write a WAV file without any mark."""

    def write(file: Path, samples: FloatArray) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        with wave.open(str(file), "wb") as stream:
            stream.setparams((1, 2, SAMPLE_RATE_HZ, 0, "NONE", ""))
            stream.writeframes((samples * 32767).astype("<i2").tobytes())

    return write


@pytest.fixture(scope="session")
def make_voices() -> MakeVoices:
    """So many synthetic voices with two sentences each, half a semitone apart."""
    sounds = [decode(ASSETS / "samples" / f"{name}.ogg").samples for name in SPEAKERS]

    def make(count: int) -> dict[str, list[FloatArray]]:
        return {f"v{n}": [sentence(sounds, n, part) for part in (0, 1)] for n in range(count)}

    return make


def sentence(sounds: list[FloatArray], number: int, part: int) -> FloatArray:
    """Two seconds from the middle of a sample, at a pitch of its own."""
    sound = sounds[number % len(sounds)]
    begin = SAMPLE_RATE_HZ + part * SENTENCE_SAMPLES
    return change_pitch(sound[begin : begin + SENTENCE_SAMPLES], number / 2 - 2)


@pytest.fixture
def quiet() -> FloatArray:
    """Four seconds of nothing."""
    return np.zeros(4 * SAMPLE_RATE_HZ, np.float32)


@pytest.fixture
def make_daic(tmp_path: Path, quiet: FloatArray, write_plain: Write) -> MakeDaic:
    """A DAIC-WOZ tree: session to PHQ-8 score; the same turns in each."""

    def make(scores: Mapping[str, str], turns: tuple[tuple[str, ...], ...] = TURNS) -> Path:
        for id_ in scores:
            folder = tmp_path / f"{id_}_P"
            write_plain(folder / f"{id_}_AUDIO.wav", quiet)
            rows = ["\t".join(("start_time", "stop_time", "speaker", "value"))]
            rows += ["\t".join(turn) for turn in turns]
            (folder / f"{id_}_TRANSCRIPT.csv").write_text("\n".join(rows))
        rows = [HEADER, *(f"{id_},0,{score},1" for id_, score in scores.items())]
        (tmp_path / "train_split_Depression_AVEC2017.csv").write_text("\n".join(rows))
        return tmp_path

    return make


@pytest.fixture
def make_heard() -> MakeHeard:
    """People whose features lie ``apart`` standard deviations from each other by class."""

    def make(cases: np.ndarray, apart: float = 1.0, width: int = 6, seed: int = 0) -> list[Heard]:
        random = np.random.default_rng(seed)
        people = []
        for case in cases:
            count = int(random.integers(2, 12))
            people.append(
                Heard(
                    segments=(random.standard_normal((count, 8)) + apart * case).astype(np.float32),
                    embeddings=random.standard_normal((count, width)).astype(np.float32),
                    markers=(random.standard_normal(13) + apart * case).astype(np.float32),
                    starts_s=np.arange(count) * 5.0,
                    snr_db=np.array([20.0]),
                )
            )
        return people

    return make

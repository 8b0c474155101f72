"""A five-line world for the training wing: trees of named files, and made predictions."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from sottovoce.training.manifest import Clip
from sottovoce.training.predictions import Predictions

MakeTree = Callable[..., Path]
MakePredictions = Callable[..., Predictions]


@pytest.fixture
def make_tree(tmp_path: Path) -> MakeTree:
    """Make files of one byte below a temporary folder."""

    def make(*names: str) -> Path:
        for name in names:
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_bytes(b"x")
        return tmp_path

    return make


@pytest.fixture
def make_clips() -> Callable[..., list[Clip]]:
    """``per_speaker`` clips of each speaker, emotions in turn; speakers f... are women."""

    def make(speakers: Sequence[str], per_speaker: int = 4, corpus: str = "made") -> list[Clip]:
        return [
            Clip(
                path=Path(f"/{corpus}/{speaker}-{number}.wav"),
                speaker=f"{corpus}_{speaker}",
                emotion=("angry", "calm", "happy", "sad")[number % 4],
                sex="f" if speaker.startswith("f") else "m",
                sentence=str(number % 2),
                corpus=corpus,
            )
            for speaker in speakers
            for number in range(per_speaker)
        ]

    return make


@pytest.fixture
def make_predictions() -> MakePredictions:
    """Predictions over n clips of ``speakers`` speakers, drawn from their own probabilities.

    The truth of each clip is drawn with the probabilities the made model gives it, so the model is
    calibrated; ``sharpen`` above 1 makes it too sure of itself afterwards.
    """

    def make(clips: int = 4000, speakers: int = 20, sharpen: float = 1.0) -> Predictions:
        random = np.random.default_rng(7)
        true = random.dirichlet(np.full(4, 0.6), size=clips)
        truth = np.array([random.choice(4, p=row) for row in true])
        said = true**sharpen / (true**sharpen).sum(axis=1, keepdims=True)
        return Predictions(
            labels=("angry", "calm", "happy", "sad"),
            truth=truth,
            probabilities=said,
            speakers=tuple(f"made_{n % speakers}" for n in range(clips)),
            sexes=tuple("fm"[n % speakers % 2] for n in range(clips)),
        )

    return make

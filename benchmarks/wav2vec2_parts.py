"""What the wav2vec 2.0 benchmark is made of: a memo, a checkpoint, the machine's peak, the work."""

import csv
import shutil
import time
from functools import cache
from pathlib import Path

import numpy as np
import soundfile
from machine import data_folder

from sottovoce.audio.decode import Decoder
from sottovoce.domain import LABELS, SAMPLE_RATE_HZ

PEAK_SIZE = 2048
FRAMES_PER_S = 50
PENALTIES = (0.01, 0.1, 1.0, 10.0, 100.0)  # a clip
SHARPNESS = 10.0  # of the softmax: ridge scores are small
FIT_EVERY, MEMO_EVERY, CHECK_EVERY = 8, 3, 9


def clips() -> list[dict[str, str]]:
    """All rows of RAVDESS."""
    with (data_folder() / "ravdess" / "labels.csv").open(encoding="utf-8") as table:
        return list(csv.DictReader(table))


def write_memo(folder: Path, minutes: float) -> tuple[Path, Path]:
    """A memo of clips one after another, and a folder of other clips to check an import on."""
    rows, memo, speech = clips(), folder / f"memo-{minutes:g}.flac", folder / "speech"
    speech.mkdir(exist_ok=True)
    for row in rows[2::CHECK_EVERY]:
        shutil.copy(data_folder() / "ravdess" / row["path"], speech)
    with Decoder() as decoder:
        parts = [
            decoder.decode(data_folder() / "ravdess" / row["path"]).samples
            for row in rows[1::MEMO_EVERY]
        ]
    sound = np.concatenate(parts)
    n_samples = round(minutes * 60 * SAMPLE_RATE_HZ)
    soundfile.write(memo, np.tile(sound, 1 + n_samples // len(sound))[:n_samples], SAMPLE_RATE_HZ)
    return memo, speech


def make_checkpoint(folder: Path, size: dict) -> None:
    """A checkpoint of a real size: random encoder, head fitted to tell emotions apart."""
    import torch
    from transformers import (
        Wav2Vec2Config,
        Wav2Vec2FeatureExtractor,
        Wav2Vec2ForSequenceClassification,
    )

    torch.manual_seed(0)
    config = Wav2Vec2Config(
        **size, id2label=dict(enumerate(LABELS)), label2id={x: i for i, x in enumerate(LABELS)}
    )
    model = Wav2Vec2ForSequenceClassification(config).eval()
    fit_head(model)
    model.save_pretrained(folder)
    Wav2Vec2FeatureExtractor().save_pretrained(folder)


def fit_head(model: object) -> None:
    """Ridge regression from the projected mean frame to the label, as the classifier's weights."""
    import torch

    rows = clips()[::FIT_EVERY]
    with Decoder() as decoder, torch.inference_mode():
        seen = np.stack([projected(model, decoder, row["path"]) for row in rows])
    wanted = np.array([[row["emotion"] == label for label in LABELS] for row in rows], float)
    half = np.array([int(row["speaker"][-2:]) % 2 for row in rows], bool)
    weight, bias = ridge(seen, wanted, best_penalty(seen, wanted, half))
    model.classifier.weight.data = torch.tensor(SHARPNESS * weight.T, dtype=torch.float32)
    model.classifier.bias.data = torch.tensor(SHARPNESS * bias, dtype=torch.float32)


def ridge(seen: np.ndarray, wanted: np.ndarray, penalty: float) -> tuple[np.ndarray, np.ndarray]:
    """Weight [n, labels] and bias [labels] of a ridge regression over standardised inputs."""
    mean, spread = seen.mean(0), seen.std(0) + 1e-6
    z = (seen - mean) / spread
    gram = z.T @ z + penalty * len(z) * np.eye(z.shape[1])
    weight = np.linalg.solve(gram, z.T @ (wanted - wanted.mean(0))) / spread[:, None]
    return weight, wanted.mean(0) - mean @ weight


def best_penalty(seen: np.ndarray, wanted: np.ndarray, half: np.ndarray) -> float:
    """The penalty with which either half of the speakers tells most of the other half."""

    def right(penalty: float) -> float:
        found = []
        for part in (half, ~half):
            weight, bias = ridge(seen[part], wanted[part], penalty)
            said = (seen[~part] @ weight + bias).argmax(1)
            found.append((said == wanted[~part].argmax(1)).mean())
        return float(np.mean(found))

    return max(PENALTIES, key=right)


def projected(model: object, decoder: Decoder, path: str) -> np.ndarray:
    """The projector's mean output for one clip."""
    import torch

    samples = decoder.decode(data_folder() / "ravdess" / path).samples
    heard = torch.from_numpy((samples - samples.mean()) / np.sqrt(samples.var() + 1e-7))
    return model.projector(model.wav2vec2(heard[None]).last_hidden_state).mean(1)[0].numpy()


@cache
def matrix_peak() -> float:
    """GFLOP/s of a large float32 matrix product on one core, the best of several."""
    import torch

    torch.set_num_threads(1)
    one, other = (torch.randn(PEAK_SIZE, PEAK_SIZE) for _ in range(2))
    spent = []
    for _ in range(5):
        begun = time.process_time()
        one @ other
        spent.append(time.process_time() - begun)
    return 2 * PEAK_SIZE**3 / min(spent) / 1e9


def work_gflop(size: dict) -> float:
    """Multiply-adds of convolutions and linear maps for one second of sound, times two."""
    width, inner = size.get("hidden_size", 768), size.get("intermediate_size", 3072)
    layers = size.get("num_hidden_layers", 12)
    rates, kernels = (1600, 800, 400, 200, 100, 50), (3, 3, 3, 3, 2, 2)
    convolutions = sum(r * k * 512 * 512 for r, k in zip(rates, kernels, strict=True))
    linear = FRAMES_PER_S * layers * (4 * width * width + 2 * width * inner)
    position = FRAMES_PER_S * 128 * width * width // 16
    return 2 * (convolutions + linear + position) / 1e9

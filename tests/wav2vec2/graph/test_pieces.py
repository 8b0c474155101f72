"""Convolutions done piece by piece give the frames that they give at once."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.wav2vec2.graph.test_quantized import session_of
from tests.wav2vec2.makers import LARGE, make_checkpoint

from sottovoce.wav2vec2.checkpoint import read_checkpoint
from sottovoce.wav2vec2.graph.model import build
from sottovoce.wav2vec2.graph.pieces import FRAMES, in_pieces
from sottovoce.wav2vec2.graph.quantized import ALL, quantized

FRAME_SAMPLES = 320
SHORTEST_SAMPLES = 400


@pytest.mark.parametrize("size", [{}, LARGE], ids=["base", "large"])
def test_pieces_of_every_length_make_the_whole(tmp_path: Path, size: dict[str, Any]) -> None:
    checkpoint = read_checkpoint(make_checkpoint(tmp_path / "c", config=size))
    whole = quantized(build(checkpoint, {}), ALL.chooses)
    one, other = (
        session_of(model, tmp_path / name)
        for name, model in (("whole", whole), ("pieces", in_pieces(whole, checkpoint.arch)))
    )
    rng = np.random.default_rng(0)
    for frames in (1, 2, FRAMES - 1, FRAMES, FRAMES + 1, 2 * FRAMES, 2 * FRAMES + 1):
        for more in (0, FRAME_SAMPLES - 1):
            length = SHORTEST_SAMPLES + (frames - 1) * FRAME_SAMPLES + more
            samples = rng.normal(0.0, 0.1, (2, length)).astype(np.float32)
            theirs, ours = (heard.run(None, {"samples": samples}) for heard in (one, other))
            for expected, found in zip(theirs, ours, strict=True):
                np.testing.assert_allclose(found, expected, atol=1e-6)


def test_they_are_a_loop(tmp_path: Path) -> None:
    checkpoint = read_checkpoint(make_checkpoint(tmp_path / "c"))
    model = in_pieces(build(checkpoint, {}), checkpoint.arch)
    kinds = [node.op_type for node in model.graph.graph.node]
    assert kinds.count("Loop") == 1
    assert kinds.count("Gelu") == checkpoint.arch.layers + 1

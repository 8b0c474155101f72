"""One ear: the Silero voice activity model on ONNX Runtime, with a state of its own.

The model (Silero Team, https://github.com/snakers4/silero-vad, MIT) hears frames of 512 samples,
each with the 64 samples before it. It carries a state from frame to frame, which belongs to one
stream and is never shared.

>>> Ear().probabilities(np.zeros(1024, dtype=np.float32)).shape
(2,)
"""

import numpy as np

from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.runtime import ASSETS, open_session

MODEL = ASSETS / "silero_vad_16k_sequence.onnx"
MODEL_SHA256 = "9ccdacc4719d8aa7e45a77536bfabec45a03ba1f2fad5e241ab4060b24238a85"

FRAME_SAMPLES = 512
FRAME_S = FRAME_SAMPLES / SAMPLE_RATE_HZ  # 0.032 s
CONTEXT_SAMPLES = 64
STATE_SHAPE = (1, 1, 128)


class Ear:
    """The model and what it remembers of one stream."""

    def __init__(self) -> None:
        self._session = open_session(MODEL, MODEL_SHA256)
        self._hidden = np.zeros(STATE_SHAPE, dtype=np.float32)
        self._cell = np.zeros(STATE_SHAPE, dtype=np.float32)
        self._context = np.zeros(CONTEXT_SAMPLES, dtype=np.float32)

    def probabilities(self, samples: FloatArray) -> FloatArray:
        """Probability of speech in each frame, float32 [frames], 0..1.

        ``samples`` is the next whole number of frames, float32 [frames * 512] in [-1, 1].
        """
        heard = np.concatenate((self._context, samples))
        self._context = heard[-CONTEXT_SAMPLES:]
        width = CONTEXT_SAMPLES + FRAME_SAMPLES
        frames = np.lib.stride_tricks.sliding_window_view(heard, width)[::FRAME_SAMPLES]
        inputs = {"input": np.ascontiguousarray(frames), "h": self._hidden, "c": self._cell}
        outputs = self._session.run(["speech_probs", "hn", "cn"], inputs)
        probabilities, self._hidden, self._cell = map(np.asarray, outputs)
        return probabilities.astype(np.float32, copy=False)

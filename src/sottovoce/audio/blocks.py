"""A stream cut into blocks of one length, counted from its start, however it arrives.

What is computed block by block is then the same for any chunking.

>>> blocks = Blocks(3)
>>> [block.tolist() for block in blocks.push(np.arange(7, dtype=np.float32))]
[[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]
>>> blocks.rest().tolist()
[6.0]
"""

import numpy as np

from sottovoce.domain import FloatArray


class Blocks:
    """Keeps what does not yet fill a block."""

    def __init__(self, block_samples: int) -> None:
        self._block_samples = block_samples
        self._waiting: FloatArray = np.zeros(0, dtype=np.float32)

    def push(self, samples: FloatArray) -> list[FloatArray]:
        """The blocks that are full now, each float32 [block_samples]."""
        sound = np.concatenate((self._waiting, samples), dtype=np.float32)
        whole = len(sound) - len(sound) % self._block_samples
        self._waiting = sound[whole:].copy()
        return list(sound[:whole].reshape(-1, self._block_samples).copy())

    def rest(self) -> FloatArray:
        """What is left, shorter than a block and perhaps empty; then nothing is left."""
        rest, self._waiting = self._waiting, self._waiting[:0]
        return rest

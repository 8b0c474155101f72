"""How much louder a stream must be played for the voice activity model to hear it.

Silero depends on level: 20 dB down it loses a sixth of the speech of RAVDESS, 40 dB down nearly
all. So the loud parts of the stream's past are brought to one level. The gain is held as long as it
serves, because the model also lives on contrast: a gain that follows the sound flattens the step
from background to voice, and shouted clips are then missed.

>>> volume = Volume()
>>> quiet = np.full(4096, 1e-3, dtype=np.float32)
>>> round(volume.gain_db(quiet))
50
"""

import numpy as np

from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.speech.ear import FRAME_SAMPLES

TARGET_DBFS = -10.0  # to which the loud parts are brought
ABOVE_DB, BELOW_DB = 5.0, 10.0  # how far from the target they may stray before the gain moves
MAX_GAIN_DB = 60.0
FORGET_DB_PER_S = 1.0  # after a shout, a quiet voice is heard again within half a minute
RANK = 3  # the third loudest frame of a block: a click shorter than 64 ms does not count
SILENCE_POWER = 1e-12


class Volume:
    """Follows the loud parts of one stream."""

    def __init__(self) -> None:
        self._loud_dbfs = -np.inf
        self._gain_db: float | None = None

    def gain_db(self, block: FloatArray) -> float:
        """The gain with which to hear ``block``, from it and all that came before."""
        forgotten_db = FORGET_DB_PER_S * len(block) / SAMPLE_RATE_HZ
        self._loud_dbfs = max(loud_part_dbfs(block), self._loud_dbfs - forgotten_db)
        if self._gain_db is None or not self._serves(self._loud_dbfs + self._gain_db):
            self._gain_db = min(TARGET_DBFS - self._loud_dbfs, MAX_GAIN_DB)
        return self._gain_db

    @staticmethod
    def _serves(heard_dbfs: float) -> bool:
        return TARGET_DBFS - BELOW_DB <= heard_dbfs <= TARGET_DBFS + ABOVE_DB


def loud_part_dbfs(block: FloatArray) -> float:
    """Level of the third loudest frame of a block of whole frames.

    >>> block = np.zeros(4096, dtype=np.float32)
    >>> block[:3 * FRAME_SAMPLES] = 0.1
    >>> round(loud_part_dbfs(block), 3)
    -20.0
    """
    frames = block.reshape(-1, FRAME_SAMPLES).astype(np.float64)
    powers = np.sort(np.mean(frames**2, axis=1))
    return float(10 * np.log10(powers[-RANK] + SILENCE_POWER))

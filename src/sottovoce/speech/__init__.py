"""Where there is speech, and the windows in which it is described.

Sound is pushed through a :class:`SpeechStream` block by block. Fine :class:`Segment` s tell pauses
from speech; neighbours at most half a second apart form a phrase, and each phrase is heard in
windows of at most eight seconds. Time is kept: nothing is cut out and glued together.

>>> import numpy as np
>>> find_segments(np.zeros(16_000, dtype=np.float32))
[]
"""

from sottovoce.speech.spans import frame_labels, gaps, speech_s, union
from sottovoce.speech.stream import SpeechStream, find_segments, find_windows

__all__ = [
    "SpeechStream",
    "find_segments",
    "find_windows",
    "frame_labels",
    "gaps",
    "speech_s",
    "union",
]

"""TESS (Pichora-Fuller & Dupuis, 2020): two Canadian actresses, 200 words, CC BY-NC-ND 4.0.

``OAF_angry/OAF_back_angry.wav``: speaker (older, younger adult female), word, emotion; ``ps`` is
pleasant surprise. One file of the release is misnamed ``OA_bite_neutral.wav``. Two speakers are too
few for a fair test: use it for training beside others.
"""

import re

from sottovoce.training.corpora.base import NamedCorpus

TESS = NamedCorpus(
    name="tess",
    example="OAF_angry/OAF_back_angry.wav",
    language="en",
    pattern=re.compile(r"/(?P<speaker>OAF?|YAF)_(?P<sentence>[a-z-]+)_(?P<emotion>[a-z]+)$"),
    labels={
        "angry": "angry",
        "disgust": "disgust",
        "fear": "fearful",
        "happy": "happy",
        "neutral": "neutral",
        "ps": "surprised",
        "sad": "sad",
    },
    sex_of=lambda _speaker: "f",
    speaker_names={"OA": "OAF"},
)

"""SAVEE (Jackson & Haq, 2014): four British men, 15 TIMIT sentences an emotion.

``AudioData/DC/a01.wav`` as released, ``ALL/DC_a01.wav`` in a common mirror: speaker, emotion,
number of the sentence within the emotion (so the sentence is named by both).
"""

import re

from sottovoce.training.corpora.base import NamedCorpus

SAVEE = NamedCorpus(
    name="savee",
    example="AudioData/DC/a01.wav",
    language="en",
    pattern=re.compile(
        r"(?:^|/)(?P<speaker>DC|JE|JK|KL)[/_](?P<sentence>(?P<emotion>[a-z]{1,2})\d\d)$"
    ),
    labels={
        "a": "angry",
        "d": "disgust",
        "f": "fearful",
        "h": "happy",
        "n": "neutral",
        "sa": "sad",
        "su": "surprised",
    },
    sex_of=lambda _speaker: "m",
)

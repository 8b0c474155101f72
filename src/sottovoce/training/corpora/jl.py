"""JL corpus (James, Tian & Watson, 2018): four New Zealand speakers, CC0.

``Raw JL corpus (unchecked and unannotated)/JL(wav+txt)/male1_angry_10a_1.wav``: speaker, emotion,
sentence, repetition. Excited is taken as happy, as for IEMOCAP; the five secondary emotions are
none of our labels and are ignored.
"""

import re

from sottovoce.training.corpora.base import NamedCorpus, sex_by_letter
from sottovoce.training.labels import IGNORED

SECONDARY = ("anxious", "apologetic", "assertive", "concerned", "encouraging")

JL = NamedCorpus(
    name="jl",
    example="JL(wav+txt)/male1_angry_10a_1.wav",
    language="en",
    pattern=re.compile(
        r"/(?P<speaker>(?:fe)?male\d)_(?P<emotion>[a-z]+)_(?P<sentence>\d+[ab])_\d$"
    ),
    labels={
        "angry": "angry",
        "excited": "happy",
        "happy": "happy",
        "neutral": "neutral",
        "sad": "sad",
        **dict.fromkeys(SECONDARY, IGNORED),
    },
    sex_of=sex_by_letter,
)

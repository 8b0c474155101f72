"""EMOVO (Costantini et al., 2014): six Italian actors, fourteen sentences.

``f1/dis-f1-b1.wav``: emotion, actor (f or m and a number), sentence.
"""

import re

from sottovoce.training.corpora.base import NamedCorpus, sex_by_letter

EMOVO = NamedCorpus(
    name="emovo",
    example="f1/dis-f1-b1.wav",
    language="it",
    pattern=re.compile(r"/(?P<emotion>[a-z]{3})-(?P<speaker>[fm]\d)-(?P<sentence>[a-z]\d)$"),
    labels={
        "dis": "disgust",
        "gio": "happy",
        "neu": "neutral",
        "pau": "fearful",
        "rab": "angry",
        "sor": "surprised",
        "tri": "sad",
    },
    sex_of=sex_by_letter,
)

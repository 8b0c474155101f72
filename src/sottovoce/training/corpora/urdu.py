"""URDU (Latif et al., 2018): 38 speakers of Urdu talk shows.

``Angry/SM1_F10_A010.wav``: speaker (S, then F or M, and a number), file, emotion and number. Most
speakers have one emotion only, so a model can learn the voice instead: never quote it alone.
"""

import re

from sottovoce.training.corpora.base import NamedCorpus, sex_by_letter

URDU = NamedCorpus(
    name="urdu",
    example="Angry/SM1_F10_A010.wav",
    language="ur",
    pattern=re.compile(r"/(?P<speaker>S[FM]\d+)_F\d+_(?P<emotion>[A-Z])\d+$"),
    labels={"A": "angry", "H": "happy", "N": "neutral", "S": "sad"},
    sex_of=lambda speaker: sex_by_letter(speaker[1:]),
)

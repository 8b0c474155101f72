"""CREMA-D (Cao et al., 2014): 91 American actors, twelve sentences, ODbL.

``AudioWAV/1001_DFA_ANG_XX.wav``: actor, sentence, emotion, level (LO, MD, HI, XX = unspecified; one
file has a single X). Sex stands in ``VideoDemographics.csv`` beside the folder. ``1076_MTI_SAD_XX``
holds no sound and is left out.
"""

import re

from sottovoce.training.corpora.base import NamedCorpus
from sottovoce.training.corpora.sexes import SexTable

CREMA_D = NamedCorpus(
    name="crema-d",
    example="AudioWAV/1001_DFA_ANG_XX.wav",
    language="en",
    pattern=re.compile(
        r"/(?P<speaker>1\d{3})_(?P<sentence>[A-Z]{3})_(?P<emotion>[A-Z]{3})"
        r"_(?:X+|(?P<intensity>[A-Z]{2}))$"
    ),
    labels={
        "ANG": "angry",
        "DIS": "disgust",
        "FEA": "fearful",
        "HAP": "happy",
        "NEU": "neutral",
        "SAD": "sad",
    },
    sex_table=SexTable("VideoDemographics.csv", "ActorID", "Sex"),
    intensities={"LO": "low", "MD": "medium", "HI": "high"},
    broken=frozenset({"1076_MTI_SAD_XX"}),
)

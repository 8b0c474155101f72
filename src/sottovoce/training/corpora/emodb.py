"""EmoDB (Burkhardt et al., 2005): ten German actors, ten sentences.

``wav/03a01Fa.wav``: speaker, sentence, emotion (the German initial), take. Boredom (L, Langeweile)
is none of our labels and is ignored.
"""

import re
from collections.abc import Mapping

from sottovoce.training.corpora.base import NamedCorpus
from sottovoce.training.labels import IGNORED
from sottovoce.training.manifest import Sex

SEX_OF_SPEAKER: Mapping[str, Sex] = {
    "03": "m",
    "08": "f",
    "09": "f",
    "10": "m",
    "11": "m",
    "12": "m",
    "13": "f",
    "14": "f",
    "15": "m",
    "16": "f",
}

EMODB = NamedCorpus(
    name="emodb",
    example="wav/03a01Fa.wav",
    language="de",
    pattern=re.compile(
        r"/(?P<speaker>\d\d)(?P<sentence>[ab]\d\d)(?P<emotion>[A-Z])[a-z]?$",
    ),
    labels={
        "W": "angry",
        "L": IGNORED,
        "E": "disgust",
        "A": "fearful",
        "F": "happy",
        "T": "sad",
        "N": "neutral",
    },
    sex_of=SEX_OF_SPEAKER.get,
)

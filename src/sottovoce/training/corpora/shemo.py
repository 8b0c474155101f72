"""ShEMO (Mohamad Nezami et al., 2019): 87 Persian speakers of radio plays.

``female/F01A01.wav``: speaker (F or M and a number), emotion, number of the clip.
"""

import re

from sottovoce.training.corpora.base import NamedCorpus, sex_by_letter

SHEMO = NamedCorpus(
    name="shemo",
    example="female/F01A01.wav",
    language="fa",
    pattern=re.compile(r"/(?P<speaker>[FM]\d\d)(?P<emotion>[A-Z])\d\d$"),
    labels={
        "A": "angry",
        "F": "fearful",
        "H": "happy",
        "N": "neutral",
        "S": "sad",
        "W": "surprised",
    },
    sex_of=sex_by_letter,
)

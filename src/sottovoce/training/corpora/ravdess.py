"""RAVDESS (Livingstone & Russo, 2018): 24 North American actors, two sentences, CC BY-NC-SA 4.0.

``Actor_12/03-01-06-01-02-01-12.wav``: modality (03 = audio only), channel (01 = speech), emotion,
intensity, statement, repetition, actor; odd actors are men. Song (02) and the films (01 with sound,
02 without) are left out: the films hold the same takes again.
"""

import re

from sottovoce.training.corpora.base import NamedCorpus
from sottovoce.training.manifest import Sex


def sex_of_actor(actor: str) -> Sex:
    """Odd numbers are men, even numbers are women.

    >>> sex_of_actor("12")
    'f'
    """
    return "m" if int(actor) % 2 else "f"


RAVDESS = NamedCorpus(
    name="ravdess",
    example="Actor_12/03-01-06-01-02-01-12.wav",
    language="en",
    pattern=re.compile(
        r"/03-01-(?P<emotion>\d\d)-(?P<intensity>\d\d)-(?P<sentence>\d\d)-\d\d-(?P<speaker>\d\d)$"
    ),
    labels={
        "01": "neutral",
        "02": "calm",
        "03": "happy",
        "04": "sad",
        "05": "angry",
        "06": "fearful",
        "07": "disgust",
        "08": "surprised",
    },
    sex_of=sex_of_actor,
    intensities={"01": "normal", "02": "strong"},
)

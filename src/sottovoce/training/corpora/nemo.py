"""nEMO (Christop, 2024): nine Polish actors, ninety sentences, CC BY-NC-SA 4.0.

``samples/SK0_happy_12.wav``: speaker, emotion, sentence. The speakers' sex stands in ``data.tsv``
beside the folder.
"""

import re

from sottovoce.training.corpora.base import NamedCorpus
from sottovoce.training.corpora.sexes import SexTable
from sottovoce.training.labels import SYNONYMS

NEMO = NamedCorpus(
    name="nemo",
    example="samples/SK0_happy_12.wav",
    language="pl",
    pattern=re.compile(r"/(?P<speaker>[A-Z]{2}\d)_(?P<emotion>[a-z]+)_(?P<sentence>\d+)$"),
    labels=SYNONYMS,
    sex_table=SexTable("data.tsv", "speaker_id", "gender", delimiter="\t"),
)

"""What stands in a report, in order: sections of exhibits, each a chart drawn from its table."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from sottovoce.training.evaluation.bars import (
    personal_table,
    readings_table,
    robustness_table,
    sex_table,
    speaker_table,
)
from sottovoce.training.evaluation.figures import Figure
from sottovoce.training.evaluation.grids import (
    confusion_table,
    coverage_table,
    reliability_table,
    sets_table,
    transfer_table,
    uncertain_table,
)
from sottovoce.training.evaluation.nouns import ALL, Evaluation
from sottovoce.training.evaluation.summary import summary_table
from sottovoce.training.evaluation.tables import Table
from sottovoce.training.predictions import Predictions


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A table and how it is drawn: the name of a macro in ``charts.svg.j2``, or "table"."""

    caption: str
    chart: str
    table: Table


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, what to know before looking, and the exhibits."""

    title: str
    text: str
    exhibits: tuple[Exhibit, ...]


def sections(evaluation: Evaluation, figures: Sequence[Figure]) -> tuple[Section, ...]:
    """All sections that have something to show."""
    made = (
        Section(title, text, tuple(exhibits(evaluation, figures, title)))
        for title, text in TEXTS.items()
    )
    return tuple(section for section in made if section.exhibits)


def exhibits(evaluation: Evaluation, figures: Sequence[Figure], title: str) -> Iterator[Exhibit]:
    """The exhibits of a section that hold at least one row."""
    if title == FIGURES:
        found = [Exhibit("", "summary", summary_table(figures))]
    elif title in OF_SLICES:
        found = [
            Exhibit(spoken(name), chart, make(name, said))
            for chart, make in OF_SLICES[title]
            for name, said in evaluation.judged.slices()
            if not (title == SPEAKERS and name == ALL)
        ]
    elif title == ROBUSTNESS:
        found = _robustness(evaluation)
    elif title == PERSONAL:
        found = [
            Exhibit(spoken(name), "bars", personal_table(name, evaluation))
            for name, _ in evaluation.judged.parts()
        ]
    else:
        found = [Exhibit(caption, chart, make(evaluation)) for caption, chart, make in WHOLE[title]]
    return (exhibit for exhibit in found if exhibit.table.rows)


def spoken(name: str) -> str:
    """The name of a slice in a caption.

    >>> spoken("ravdess"), spoken("all")
    ('ravdess', 'all corpora together')
    """
    return "all corpora together" if name == ALL else name


def _robustness(evaluation: Evaluation) -> list[Exhibit]:
    if not evaluation.robustness:
        return []
    return [
        Exhibit(spoken(name), "bars", robustness_table(name, said, evaluation.robustness))
        for name, said in evaluation.judged.slices()
    ]


FIGURES = "Main figures"
SPEAKERS = "Speaker by speaker"
ROBUSTNESS = "Under bad conditions"
PERSONAL = "Against one's own normal"
WITH_INTERVAL = "Thin lines are 95 % intervals"
TEXTS = {
    FIGURES: "All between 0 and 1, with 95 % intervals by bootstrap over speakers. Recall is "
    "averaged over the labels, so that rare ones count as much.",
    "Read in other ways": "The same answers, scored in other ways that are common in papers.",
    "What is taken for what": "Each row is what was acted, each column what was heard; the number "
    "is the share of the row in percent, so that the diagonal is recall.",
    "Can the confidence be believed?": "Where the model says 70 %, it should be right seven times "
    "in ten: dots on the dashed line. Below stands how many clips each dot was drawn from.",
    "What silence buys": "Answering for the surest clips alone. Far to the left few clips and "
    "fewer labels are left, and the curve means little.",
    "Sets of labels": "Instead of one label a set that holds the acted one as often as promised "
    "(conformal prediction), on speakers that neither the model nor the rule had heard.",
    'How often it says "uncertain"': "The share of clips whose answer is not called clear, as "
    "several labels are possible or the voice is unlike those of the training; and the recall of "
    "the rest.",
    ROBUSTNESS: "Every clip was changed, then heard from the start as in life: speech detection, "
    "description, model. Clips in which no speech was found count as wrong. "
    f"{WITH_INTERVAL} over speakers.",
    "Another corpus, another language": "Trained on the corpus of the row alone, tested on that "
    "of the column; on the diagonal with other speakers of the same corpus. In percent (UA); two "
    "corpora are compared over the labels that both have, the probabilities of others left out.",
    PERSONAL: "The same model with a baseline from some of the speaker's own "
    "unlabelled clips, which are not scored. Thin lines are one standard deviation over draws of "
    "those clips.",
    "Women and men": f"{WITH_INTERVAL} over speakers, whose number stands in brackets.",
    SPEAKERS: f"{WITH_INTERVAL} over the speaker's clips. A mean hides how far voices differ.",
}
OF_SLICES: Mapping[str, Sequence[tuple[str, Callable[[str, Predictions], Table]]]] = {
    "What is taken for what": [("heat", confusion_table)],
    "Can the confidence be believed?": [("reliability", reliability_table)],
    "What silence buys": [("coverage", coverage_table)],
    "Women and men": [("bars", sex_table)],
    SPEAKERS: [("bars", speaker_table)],
}
WHOLE: Mapping[str, Sequence[tuple[str, str, Callable[[Evaluation], Table]]]] = {
    "Read in other ways": [("", "bars", readings_table)],
    "Sets of labels": [("", "table", sets_table)],
    'How often it says "uncertain"': [("", "table", uncertain_table)],
    "Another corpus, another language": [
        ("all labels that both have", "matrix", partial(transfer_table, four=False)),
        ("angry, happy, neutral, sad", "matrix", partial(transfer_table, four=True)),
    ],
}

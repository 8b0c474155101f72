"""The tables of the report, as data before they are drawn."""

from collections.abc import Sequence

import numpy as np

from sottovoce.risk.study.figures import PREVALENCES, Flags, area, flags, spread
from sottovoce.risk.study.nouns import NOISY_BELOW_DB, Study, Told
from sottovoce.training.evaluation.tables import Cell, Table, percent, percents

BAR_COLUMNS = ("group", "auc_percent", "low_percent", "high_percent", "people")
BINS = 5
FEWEST = 3  # people of each kind, of fewer no AUC is told


def area_row(name: str, told: Told, part: np.ndarray) -> tuple[Cell, ...]:
    """AUC of some people in percent, with its interval and how many they are."""
    return name, *percents(told.area_of(part)), int(part.sum())


def main_table(study: Study) -> Table:
    """What was reached, and at the stated point."""
    told = study.told
    mean, deviation = spread(told.cases, told.seeds, area)
    found, decided = flags(told.cases, told.flagged), decided_flags(told)
    auc = told.auc
    rows = (
        ("AUC, mean of the seeds' logits", auc.value, auc.low, auc.high),
        (
            "AUC of one seed: mean, and a deviation either way",
            mean,
            mean - deviation,
            mean + deviation,
        ),
        ("F1 of cases", found.f1_cases, None, None),
        ("F1 of the others", found.f1_others, None, None),
        ("sensitivity at 80 % specificity of the other folds", found.sensitivity, None, None),
        ("specificity there", found.specificity, None, None),
        ("coverage: decided", float(told.decided.mean()), None, None),
        ("sensitivity of the decided", decided.sensitivity, None, None),
        ("specificity of the decided", decided.specificity, None, None),
        ("Brier score", brier(told), None, None),
    )
    where = study.corpus.name
    short = tuple((where, name, *(_short(value) for value in values)) for name, *values in rows)
    return Table("figures", ("corpus", "figure", "value", "low", "high"), short)


def decided_flags(told: Told) -> Flags:
    """Rates over the people it decided on."""
    return flags(told.cases[told.decided], told.flagged[told.decided])


def brier(told: Told) -> float:
    """Mean squared distance of the probability from the label, 0..1; both kinds count the same."""
    missed = (told.probabilities - told.cases) ** 2
    return float((missed[told.cases].mean() + missed[~told.cases].mean()) / 2)


def ppv_table(study: Study) -> Table:
    """Of those flagged, how many are cases, at stated prevalences."""
    all_, decided = flags(study.told.cases, study.told.flagged), decided_flags(study.told)
    rows = tuple(
        (percent(share), percent(all_.ppv(share)), percent(decided.ppv(share)))
        for share in PREVALENCES
    )
    return Table("ppv", ("prevalence_percent", "ppv_percent", "ppv_of_decided_percent"), rows)


def calibration_table(study: Study) -> Table:
    """Probability against the share of cases, in fifths of the people.

    As the probability is that of a case among as many others, so is the share.
    """
    told = study.told
    order = np.array_split(np.argsort(told.probabilities), BINS)
    rows = tuple(
        (
            percent(float(told.probabilities[part].mean())),
            percent(even_share(told.cases, part)),
            len(part),
        )
        for part in order
        if len(part)
    )
    return Table("calibration", ("said_percent", "cases_percent", "people"), rows)


def even_share(cases: np.ndarray, part: np.ndarray) -> float:
    """The share of cases in a part, where as many of all were cases as were not.

    >>> even_share(np.array([True, False, False, False]), np.array([0, 1]))
    0.75
    """
    own = float(cases[part].sum() / cases.sum())
    other = float((~cases[part]).sum() / (~cases).sum())
    return own / (own + other)


def groups_table(study: Study) -> Table:
    """AUC by sex, age and quality of the recording, where there are enough people."""
    told = study.told
    rows = [
        area_row(name, told, part)
        for name, part in groups(study)
        if min(told.cases[part].sum(), (~told.cases[part]).sum()) >= FEWEST
    ]
    return Table("groups", BAR_COLUMNS, tuple(rows))


def groups(study: Study) -> Sequence[tuple[str, np.ndarray]]:
    """Names of groups and who is in them, bool [people]."""
    sexes = np.array([one.sex or "" for one in study.interviews])
    ages = np.array(
        [np.nan if one.age_years is None else one.age_years for one in study.interviews]
    )
    return (
        ("women", sexes == "f"),
        ("men", sexes == "m"),
        ("under 40", ages < 40),
        ("40 to 59", (ages >= 40) & (ages < 60)),
        ("60 and older", ages >= 60),
        ("clean recordings", study.snr_db >= NOISY_BELOW_DB),
        ("noisy recordings", study.snr_db < NOISY_BELOW_DB),
    )


def controls_table(study: Study) -> Table:
    """AUC of the same training on less, or on what should teach nothing."""
    people = len(study.told.cases)
    rows = tuple((one.name, *percents(one.auc), people) for one in study.controls)
    return Table("controls", BAR_COLUMNS, rows)


def settings_table(study: Study) -> Table:
    """Settings and how many folds chose them."""
    rows = tuple(
        (one.fusion, one.encoder, one.width, one.dropout, one.levels_weight, count)
        for one, count in study.chosen.items()
    )
    columns = ("fusion", "sequence", "width", "dropout", "levels_weight", "folds")
    return Table("settings", columns, rows)


def _short(value: float | None) -> float | None:
    return None if value is None or np.isnan(value) else round(float(value), 3)

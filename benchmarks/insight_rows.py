"""Rows of the tables on insights, and the made people each of them is measured on."""

from collections.abc import Iterator, Sequence

import numpy as np
from people import Person, draw_person


def people(n: int, seed: int, line: int) -> Iterator[tuple[Person, np.random.Generator]]:
    """Fresh people for each line of the tables."""
    for one in range(n):
        rng = np.random.default_rng((seed, line, one))
        yield draw_person(rng), rng


def row(name: str, hits: Sequence[bool], wanted: str = "") -> None:
    """A share with its standard error, beside what is wanted."""
    share = float(np.mean(hits)) if len(hits) else float("nan")
    error = float(np.sqrt(share * (1 - share) / len(hits))) if len(hits) else float("nan")
    print(f"  {name:<66}{share:>7.1%} ± {error:<6.1%} n={len(hits):<6}{wanted}")

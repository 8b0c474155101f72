"""How far two ways of running one model say the same: by their numbers, and by their answers."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sottovoce.domain import FloatArray

ENOUGH = 0.99
CLOSE = 0.02  # dimensions about 0..1 that differ less are one answer


@dataclass(frozen=True, slots=True)
class Agreement:
    """``difference`` is the largest one of the logits; ``same`` the share of windows with the
    same answer, 0..1: the same label, or every dimension within 0.02. ``crossed`` is that share
    over all pairs of a window and another window's error: what to expect of further windows.
    """

    difference: float
    same: float
    crossed: float
    windows: int

    @property
    def enough(self) -> bool:
        """Whether 99 % of further windows should have the same answer, and no more than one
        window, or 1 %, has another here.
        """
        others = round((1.0 - self.same) * self.windows)
        return self.crossed >= ENOUGH and others <= max(1.0, (1.0 - ENOUGH) * self.windows)


def agreement(
    reference: Sequence[FloatArray], found: Sequence[FloatArray], dimensional: bool
) -> Agreement:
    """Compare logits window by window.

    >>> one, other = np.float32([1, 2]), np.float32([2, 1])
    >>> agreement([one, other], [one, one], dimensional=False)
    Agreement(difference=1.0, same=0.5, crossed=0.75, windows=2)
    """
    ours, theirs = np.stack(found), np.stack(reference)
    apart = ours - theirs
    if dimensional:
        same = (np.abs(apart) <= CLOSE).all(axis=1)
        crossed = same
    else:
        same = ours.argmax(1) == theirs.argmax(1)
        crossed = (theirs[:, None] + apart).argmax(2) == theirs.argmax(1)[:, None]
    largest = float(np.abs(apart).max())
    return Agreement(largest, float(same.mean()), float(crossed.mean()), len(theirs))

"""Weights as eight-bit codes: each rounded to the nearest, or making up for the others' errors."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sottovoce.domain import FloatArray

LIMIT = 127
DAMPING = 0.01  # of the mean energy: inputs that were never heard stay bounded
BLOCK = 128  # inputs rounded before the rest is told of their errors


@dataclass(frozen=True, slots=True, eq=False)
class Codes:
    """``codes`` int8 [in, out], -127..127, and the ``steps`` of each output, float32 [out]."""

    codes: npt.NDArray[np.int8]
    steps: FloatArray


def nearest(weight: FloatArray) -> Codes:
    """Each weight [in, out] rounded for itself.

    >>> found = nearest(np.float32([[1.0, 0.0], [-0.5, 0.0]]))
    >>> found.codes.tolist(), np.round(found.steps * 127, 3).tolist()
    ([[127, 0], [-64, 0]], [1.0, 127.0])
    """
    steps = steps_of(weight)
    return Codes(_coded(weight, steps).astype(np.int8), steps)


def steps_of(weight: FloatArray) -> FloatArray:
    """The step of each output: its largest weight is 127 steps."""
    largest = np.abs(weight).max(axis=0)
    return np.where(largest > 0, largest / LIMIT, 1.0).astype(np.float32)


def compensated(weight: FloatArray, upper: npt.NDArray[np.float64]) -> Codes:
    """Each input's weights rounded in turn, the error handed on to inputs that move with it.

    What is left is least where real inputs lie: a mean over many frames keeps the errors of
    weights and forgets those of activations. GPTQ (Frantar et al. 2022, arXiv 2210.17323).

    Parameters
    ----------
    weight
        float32 [in, out].
    upper
        See :func:`upper_factor`, float64 [in, in].
    """
    steps, left = steps_of(weight), weight.astype(np.float64)
    codes = np.empty_like(left)
    for start in range(0, len(left), BLOCK):
        block = slice(start, start + BLOCK)
        codes[block], errors = _rounded_block(left[block], steps, upper[block, block])
        left[start + BLOCK :] -= upper[block, start + BLOCK :].T @ errors
    return Codes(codes.astype(np.int8), steps)


def upper_factor(gram: FloatArray) -> npt.NDArray[np.float64]:
    """Upper Cholesky factor of the inverse of the inputs' damped Gram matrix [in, in].

    >>> np.round(upper_factor(np.float32([[4.0, 0.0], [0.0, 4.0]])), 2).tolist()
    [[0.5, 0.0], [0.0, 0.5]]
    """
    damped = gram.astype(np.float64)
    damped[np.diag_indices(len(damped))] += DAMPING * np.diag(damped).mean() + 1e-12
    inverse = np.linalg.inv(damped)
    return np.asarray(np.linalg.cholesky((inverse + inverse.T) / 2).T)


def _rounded_block(
    left: npt.NDArray[np.float64], steps: FloatArray, upper: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    codes, errors = np.empty_like(left), np.empty_like(left)
    for row in range(len(left)):
        codes[row] = _coded(left[row], steps)
        errors[row] = (left[row] - codes[row] * steps) / upper[row, row]
        left[row:] -= np.outer(upper[row, row:], errors[row])
    return codes, errors


def _coded(weight: FloatArray, steps: FloatArray) -> FloatArray:
    return np.asarray(np.clip(np.round(weight / steps), -LIMIT, LIMIT))

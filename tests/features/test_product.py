"""A product is the same however many threads there are."""

import os
import subprocess
import sys

import numpy as np
import pytest

from sottovoce.features.product import product

PRINT_BITS = """
import hashlib
import numpy as np
from sottovoce.features.net_input import net_input
from sottovoce.features.product import product
random = np.random.default_rng(0)
rows, matrix = (random.normal(size=size).astype(np.float32) for size in ((801, 481), (481, 49)))
sound = random.normal(0, 0.1, 60_000).astype(np.float32)
print([hashlib.sha256(x.tobytes()).hexdigest() for x in (product(rows, matrix), *net_input(sound))])
"""


def bits(threads: int) -> str:
    counts = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), str(threads))
    command = [sys.executable, "-c", PRINT_BITS]
    done = subprocess.run(command, env={**os.environ, **counts}, capture_output=True, check=True)
    return done.stdout.decode()


@pytest.mark.parametrize("shape", [(0, 8, 3), (1, 8, 3), (7, 481, 49), (100, 600, 900)])
def test_it_is_the_product(shape: tuple[int, int, int]) -> None:
    n, inner, m = shape
    random = np.random.default_rng(1)
    rows = random.normal(size=(n, inner)).astype(np.float32)
    matrix = random.normal(size=(inner, m)).astype(np.float32)
    np.testing.assert_allclose(product(rows, matrix), rows @ matrix, rtol=1e-4, atol=1e-4)


def test_the_number_of_threads_changes_no_bit() -> None:
    assert bits(1) == bits(2) == bits(4)

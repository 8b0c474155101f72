"""Matrix products that give the same bits on any machine, however many threads its BLAS has.

OpenBLAS cuts a large product among its threads, and rounds differently for each cut. Below
``UNTHREADED`` multiplications it uses one thread (its ``SMP_THRESHOLD_MIN`` times
``GEMM_MULTITHREAD_THRESHOLD``), so a product is taken in blocks of fewer.
"""

import numpy as np

from sottovoce.domain import FloatArray

UNTHREADED = 65_536 * 4


def product(rows: FloatArray, matrix: FloatArray) -> FloatArray:
    """Rows float32 [n, k] times a matrix [k, m], float32 [n, m].

    >>> product(np.ones((3, 2), dtype=np.float32), np.eye(2, dtype=np.float32)).tolist()
    [[1.0, 1.0], [1.0, 1.0], [1.0, 1.0]]
    """
    size = max(2, UNTHREADED // (matrix.size + 1))
    padded = np.pad(rows, ((0, -len(rows) % size), (0, 0)))
    blocks = padded.reshape(len(padded) // size, size, rows.shape[1]) @ matrix
    return np.asarray(blocks.reshape(len(padded), matrix.shape[1])[: len(rows)])

"""Windows heard side by side, their results in order and bit for bit those of one thread.

ONNX Runtime and numpy let go of Python's lock while they count, so threads share one copy of a
model's weights and still work at once.

>>> list(in_order(lambda n: n * n, range(5), threads=2))
[0, 1, 4, 9, 16]
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def in_order(
    function: Callable[[Item], Result], items: Iterable[Item], threads: int
) -> Iterator[Result]:
    """Results in the order of the items; at most one item more than ``threads`` is under way."""
    if threads == 1:
        yield from map(function, items)
        return
    with ThreadPoolExecutor(threads) as pool:
        under_way: deque[Future[Result]] = deque()
        for item in items:
            under_way.append(pool.submit(function, item))
            if len(under_way) > threads:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()

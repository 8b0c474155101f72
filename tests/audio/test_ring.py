import threading

from hypothesis import given
from hypothesis import strategies as st

from sottovoce.audio.ring import Ring


@given(st.lists(st.one_of(st.binary(max_size=12), st.none()), max_size=60))
def test_it_is_a_queue_that_leaves_out_what_does_not_fit(steps: list[bytes | None]) -> None:
    ring, held, lost = Ring(16), b"", 0
    for piece in steps:
        if piece is None:
            assert ring.take(0.0) == held
            held = b""
        elif len(held) + len(piece) <= 16:
            ring.put(piece)
            held += piece
        else:
            ring.put(piece)
            lost += len(piece)
    assert ring.take(0.0) == held
    assert (ring.lost_bytes(), ring.lost_bytes()) == (lost, 0)


def test_nothing_is_lost_between_two_threads() -> None:
    ring, pieces, heard = Ring(1 << 16), [bytes([n % 256]) * (n % 700) for n in range(2_000)], b""
    done = threading.Event()

    def put() -> None:
        for piece in pieces:
            while ring.put(piece) or ring.lost_bytes():
                done.wait(0.001)
        done.set()

    writer = threading.Thread(target=put)
    writer.start()
    while not done.is_set():
        heard += ring.take(0.01)
    writer.join()
    assert heard + ring.take(0.0) == b"".join(pieces)


def test_a_reader_waits_for_sound() -> None:
    ring = Ring(8)
    threading.Timer(0.05, ring.put, [b"late"]).start()
    assert ring.take(30.0) == b"late"
    assert ring.take(0.0) == b""

"""A decoder that dies, hangs or is left alone: one sentence, no leftovers, and the next file."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sottovoce.audio.child import Child, ChildStoppedError
from sottovoce.audio.decode import Decoder, Limits
from sottovoce.errors import DecoderLimitError

Wav = Callable[..., bytes]

MINUTE = bytes(2 * 16_000 * 60)  # more than the socket holds: the child is amid its answer
MIB = 1 << 20


@pytest.fixture
def child() -> Iterator[Child]:
    running = Child(512 * MIB)
    yield running
    running.kill()


def runs(pid: int) -> bool:
    """Whether there is such a process, dead ones that nobody has seen off included."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_killed_decoder_is_replaced(wav: Wav) -> None:
    with Decoder() as decoder:
        with decoder.stream(wav(MINUTE), "memo.wav") as stream:
            blocks = stream.blocks()
            next(blocks)
            os.kill(decoder.pid, signal.SIGKILL)
            with pytest.raises(DecoderLimitError, match=r"stopped \(SIGKILL\) .* 'memo\.wav'"):
                list(blocks)
        assert decoder.decode(wav(bytes(3_200))).duration_s == 0.1


def test_a_decoder_killed_between_files_is_replaced(wav: Wav) -> None:
    with Decoder() as decoder:
        decoder.decode(wav(bytes(3_200)))
        os.kill(decoder.pid, signal.SIGKILL)
        os.waitid(os.P_PID, decoder.pid, os.WEXITED | os.WNOWAIT)
        assert decoder.decode(wav(bytes(3_200))).duration_s == 0.1


def test_a_decoder_that_hangs_is_ended(wav: Wav) -> None:
    with Decoder(Limits(stall_s=2.0)) as decoder:
        decoder.decode(wav(bytes(3_200)))
        pid = decoder.pid
        with decoder.stream(wav(MINUTE), "memo.wav") as stream:
            os.kill(pid, signal.SIGSTOP)
            with pytest.raises(DecoderLimitError, match=r"'memo\.wav' kept the decoder busy"):
                list(stream.blocks())
        assert not runs(pid)


def test_a_slow_reader_is_no_hang(wav: Wav) -> None:
    with Decoder(Limits(stall_s=2.0)) as decoder:
        decoder.decode(wav(bytes(3_200)))
        with decoder.stream(wav(MINUTE)) as stream:
            blocks = stream.blocks()
            next(blocks)
            time.sleep(2.5)
            assert len(list(blocks)) == 59


def test_a_file_that_asks_for_too_much_memory_is_refused(tmp_path: Path, wav: Wav) -> None:
    """Matroska may declare private data of a codec of any size; here 200 MB of zeros."""
    path = tmp_path / "memo.mkv"
    path.write_bytes(_greedy_matroska(200 * MIB))
    os.truncate(path, path.stat().st_size + 200 * MIB)
    with Decoder() as decoder:
        with pytest.raises(DecoderLimitError, match=r"memo\.mkv' needs more memory"):
            decoder.decode(path)
        assert decoder.decode(wav(bytes(3_200))).duration_s == 0.1


def _greedy_matroska(private_bytes: int) -> bytes:
    """A file up to where the private data of its only track begins."""

    def element(code: str, content: bytes, missing_bytes: int = 0) -> bytes:
        size = len(content) + missing_bytes | 1 << 56  # eight bytes, the first one the marker
        return bytes.fromhex(code) + size.to_bytes(8, "big") + content

    kind = element("83", b"\x02") + element("86", b"A_FLAC")
    track = element("d7", b"\x01") + kind + element("63a2", b"", private_bytes)
    for code in ("ae", "1654ae6b", "18538067"):
        track = element(code, track, private_bytes)
    return element("1a45dfa3", element("4282", b"matroska")) + track


def test_nothing_is_left_behind(wav: Wav) -> None:
    with Decoder() as decoder, decoder.stream(wav(MINUTE)) as stream:
        next(stream.blocks())
        pid = decoder.pid
        assert runs(pid)
    assert not runs(pid)


def test_a_child_says_nothing_unasked(child: Child) -> None:
    with pytest.raises(ChildStoppedError, match="nothing was asked"):
        child.receive(timeout_s=1.0)


def test_a_dead_child_takes_no_request(child: Child) -> None:
    os.kill(child.pid, signal.SIGKILL)
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    with pytest.raises(ChildStoppedError, match="SIGKILL"):
        child.request("wav", 0)

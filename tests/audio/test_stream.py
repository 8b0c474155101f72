"""What leaves the decoder is checked block by block: how long, finite, inside [-1, 1)."""

import os
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest

from sottovoce.audio.decode import Decoder, Limits
from sottovoce.audio.stream import LARGEST_SAMPLE, instant
from sottovoce.domain import SAMPLE_RATE_HZ
from sottovoce.errors import InvalidSamplesError, TooLongError, UnsupportedFormatError

Wav = Callable[..., bytes]

FLOAT = {"bits": 32, "tag": 3}
SPARSE_BYTES = 5 << 30
HOUR_S = 3_600


@pytest.fixture(scope="module")
def silent_hour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One hour of digital silence at 48 kHz in stereo: 0.7 MB that unpack to 690 MB."""
    path = tmp_path_factory.mktemp("silence") / "hour.flac"
    with av.open(path, "w") as container:
        stream = container.add_stream("flac", rate=48_000, layout="stereo")
        second = av.AudioFrame(format="s16", layout="stereo", samples=48_000)
        second.sample_rate = 48_000
        for plane in second.planes:
            plane.update(bytes(plane.buffer_size))
        for _ in range(HOUR_S):
            second.pts = None
            container.mux(stream.encode(second))
        container.mux(stream.encode(None))
    return path


def test_blocks_are_whole_seconds_but_the_last(decoder: Decoder, wav: Wav) -> None:
    with decoder.stream(wav(bytes(2 * 40_000))) as stream:
        assert [len(block) for block in stream.blocks()] == [16_000, 16_000, 8_000]


def test_the_share_read_grows_to_the_whole_and_stays(decoder: Decoder, wav: Wav) -> None:
    with decoder.stream(wav(bytes(2 * SAMPLE_RATE_HZ * 60))) as stream:
        shares = [stream.share_read for _ in stream.blocks()]
        assert shares == sorted(shares)
        assert 0.0 < shares[0] < 1.0
        assert shares[-1] == 1.0
    assert stream.share_read == 1.0


def test_the_digest_comes_with_the_last_block(decoder: Decoder, wav: Wav) -> None:
    with decoder.stream(wav(bytes(2 * 20_000))) as stream:
        next(stream.blocks())
        assert stream.sha256 == ""
        assert len(list(stream.blocks())) == 1
        assert len(stream.sha256) == 64


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("rate_hz", [16_000, 44_100])
def test_samples_must_be_numbers(decoder: Decoder, wav: Wav, rate_hz: int, value: float) -> None:
    sound = np.zeros(30_000, "<f4")
    sound[20_000] = value
    with pytest.raises(InvalidSamplesError, match="not numbers"):
        decoder.decode(wav(sound.tobytes(), rate_hz=rate_hz, **FLOAT))


def test_samples_end_below_full_scale(decoder: Decoder, wav: Wav) -> None:
    sound = np.array([-7.0, -1.0, -0.5, 0.5, 1.0, 3.0], "<f4")
    heard = decoder.decode(wav(sound.tobytes(), **FLOAT)).samples
    np.testing.assert_array_equal(heard, [-1, -1, -0.5, 0.5, LARGEST_SAMPLE, LARGEST_SAMPLE])
    assert LARGEST_SAMPLE < 1.0


def test_the_limit_is_on_decoded_seconds(wav: Wav) -> None:
    with Decoder(Limits(max_duration_s=2.0)) as decoder:
        assert decoder.decode(wav(bytes(2 * 32_000), claimed_bytes=0xFFFFFF00)).duration_s == 2.0
        with pytest.raises(TooLongError, match=r"longer than 2 s .* --max-duration"):
            decoder.decode(wav(bytes(2 * 32_001)))
        assert decoder.decode(wav(bytes(3_200))).duration_s == 0.1


def test_an_hour_of_silence_is_too_long_by_default(decoder: Decoder, silent_hour: Path) -> None:
    assert silent_hour.stat().st_size < 3_000_000
    with pytest.raises(TooLongError, match=r"1800 s \(30 min\)"):
        decoder.decode(silent_hour)


def test_an_hour_of_silence_passes_when_it_may(silent_hour: Path) -> None:
    limits = Limits(max_duration_s=2 * HOUR_S, memory_bytes=160 << 20)
    with Decoder(limits) as decoder, decoder.stream(silent_hour) as stream:
        assert sum(map(len, stream.blocks())) == HOUR_S * SAMPLE_RATE_HZ


def test_a_sparse_file_of_zeros_is_no_recording(tmp_path: Path, decoder: Decoder) -> None:
    path = tmp_path / "memo.wav"
    path.touch()
    os.truncate(path, SPARSE_BYTES)
    with pytest.raises(UnsupportedFormatError):
        decoder.decode(path)


def test_a_sparse_wav_ends_at_the_limit(tmp_path: Path, wav: Wav) -> None:
    path = tmp_path / "memo.wav"
    path.write_bytes(wav(b"", claimed_bytes=0xFFFFFF00))
    os.truncate(path, SPARSE_BYTES)
    with Decoder(Limits(max_duration_s=60.0)) as decoder, pytest.raises(TooLongError):
        decoder.decode(path)


@pytest.mark.parametrize(
    "text", ["", "10:11:12", "2026-11-20", "2026-11-20T10:11:12", "1904-01-01T00:00:00Z", "soon"]
)
def test_times_that_tell_nothing_are_left_out(text: str) -> None:
    assert instant(text) is None


def test_times_are_brought_to_utc() -> None:
    assert str(instant("2026-11-20T22:15:00+01:00")) == "2026-11-20 21:15:00+00:00"

"""Every container a phone, a browser or a recorder writes becomes the same 16 kHz mono sound."""

import hashlib
import io
import struct
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sottovoce.audio.decode import Decoder, decode
from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.errors import (
    CorruptAudioError,
    NoAudioError,
    SottovoceError,
    UnsupportedFormatError,
)

Encode = Callable[..., bytes]
Wav = Callable[..., bytes]
Chirp = Callable[[int], FloatArray]

FORMATS = [
    ("wav", "pcm_u8", 16_000, {}),
    ("wav", "pcm_s16le", 44_100, {}),
    ("wav", "pcm_s24le", 96_000, {}),
    ("wav", "pcm_s32le", 48_000, {}),
    ("wav", "pcm_f32le", 48_000, {}),
    ("wav", "pcm_f64le", 48_000, {}),
    ("wav", "pcm_mulaw", 8_000, {}),
    ("wav", "pcm_alaw", 8_000, {}),
    ("wav", "adpcm_ms", 22_050, {}),
    ("wav", "adpcm_ima_wav", 22_050, {}),
    ("w64", "pcm_s16le", 44_100, {}),
    ("flac", "flac", 44_100, {}),
    ("mp3", "libmp3lame", 44_100, {}),
    ("mp2", "mp2", 44_100, {}),
    ("ipod", "aac", 44_100, {}),
    ("ipod", "alac", 44_100, {}),
    ("adts", "aac", 44_100, {}),
    ("ogg", "vorbis", 44_100, {}),
    ("ogg", "libopus", 48_000, {}),
    ("ogg", "flac", 44_100, {}),
    ("webm", "libopus", 48_000, {}),
    ("webm", "vorbis", 48_000, {}),
    ("matroska", "flac", 48_000, {}),
    ("mov", "pcm_s16le", 48_000, {}),
    ("mp4", "aac", 48_000, {"video": True}),
    ("matroska", "libopus", 48_000, {"video": True}),
    ("3gp", "aac", 44_100, {}),
    ("3gp", "libopencore_amrnb", 8_000, {"b": "12.2k"}),
    ("amr", "libopencore_amrnb", 8_000, {"b": "12.2k"}),
    ("caf", "pcm_s16le", 48_000, {}),
    ("aiff", "pcm_s16be", 22_050, {}),
    ("asf", "wmav2", 44_100, {"b": "128k"}),
    ("au", "pcm_s16be", 44_100, {}),
]
"""Muxer, codec, rate in Hz, options. There is no encoder here for AMR wide band (``amrwb``)."""


def correlation(found: FloatArray, expected: FloatArray) -> float:
    """Correlation at the lag where it is greatest: codecs delay the sound by up to 50 ms."""
    size = 2 * max(len(found), len(expected))
    cross = np.fft.irfft(np.fft.rfft(found, size) * np.conj(np.fft.rfft(expected, size)))
    return float(cross.max() / np.linalg.norm(found) / np.linalg.norm(expected))


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: f"{form[0]}-{form[1]}")
def test_a_format_is_heard(
    decoder: Decoder, encode: Encode, chirp: Chirp, form: tuple[str, str, int, dict[str, Any]]
) -> None:
    muxer, codec, rate_hz, options = form
    sound = np.stack([chirp(rate_hz)] * (2 if codec == "vorbis" else 1))
    recording = decoder.decode(encode(sound, rate_hz, muxer, codec, **options))
    assert recording.duration_s == pytest.approx(2.0, abs=0.1)
    assert correlation(recording.samples, chirp(SAMPLE_RATE_HZ)) > 0.9


@pytest.mark.parametrize(
    ("muxer", "codec"), [("wav", "pcm_s16le"), ("flac", "flac"), ("aiff", "pcm_s16be")]
)
@settings(max_examples=25, deadline=None)
@given(values=st.lists(st.integers(-32_768, 32_767), min_size=1, max_size=40_000))
def test_sixteen_bits_at_16_khz_come_back_exactly(
    decoder: Decoder, encode: Encode, muxer: str, codec: str, values: list[int]
) -> None:
    sound = np.array(values) / 32_768
    decoded = decoder.decode(encode(sound, SAMPLE_RATE_HZ, muxer, codec)).samples
    np.testing.assert_array_equal(decoded, sound.astype(np.float32))


def test_packets_and_blocks_leave_no_mark(decoder: Decoder, encode: Encode) -> None:
    """Wav and flac cut the same sound differently; the resampler must not notice."""
    noise = np.round(np.random.default_rng(7).uniform(-1, 1, 150_000) * 32_767) / 32_768
    whole = decoder.decode(encode(noise, 44_100, "wav", "pcm_s16le")).samples
    other = decoder.decode(encode(noise, 44_100, "flac", "flac")).samples
    np.testing.assert_array_equal(whole, other)


def test_path_bytes_and_stream_agree(tmp_path: Path, encode: Encode, chirp: Chirp) -> None:
    encoded = encode(chirp(44_100), 44_100, "ipod", "aac")
    path = tmp_path / "memo"
    path.write_bytes(encoded)
    recordings = [decode(path), decode(str(path)), decode(encoded), decode(io.BytesIO(encoded))]
    assert [r.source for r in recordings] == [str(path), str(path), "<bytes>", "-"]
    assert {r.sha256 for r in recordings} == {hashlib.sha256(encoded).hexdigest()}
    assert len({r.samples.tobytes() for r in recordings}) == 1


def test_samples_cannot_be_changed(decoder: Decoder, wav: Wav) -> None:
    samples = decoder.decode(wav(bytes(3_200))).samples
    assert not samples.flags.writeable


def test_the_container_says_when(decoder: Decoder, encode: Encode, chirp: Chirp) -> None:
    created = "2026-11-20T21:15:00Z"
    recording = decoder.decode(encode(chirp(44_100), 44_100, "ipod", "aac", created=created))
    assert recording.started_at == datetime(2026, 11, 20, 21, 15, tzinfo=UTC)


def test_the_stream_says_what_it_is(decoder: Decoder, encode: Encode, chirp: Chirp) -> None:
    stereo = np.stack([chirp(48_000)] * 2)
    with decoder.stream(encode(stereo, 48_000, "webm", "libopus"), "memo.webm") as stream:
        info = stream.info
    assert (info.source, info.container, info.codec) == ("memo.webm", "matroska", "opus")
    assert (info.source_rate_hz, info.channels, info.started_at) == (48_000, 2, None)


def test_one_decoder_reads_one_recording_at_a_time(decoder: Decoder, wav: Wav) -> None:
    with decoder.stream(wav(bytes(3_200))) as stream:
        with pytest.raises(SottovoceError, match="another Decoder"):
            decoder.decode(wav(bytes(3_200)))
        assert sum(map(len, stream.blocks())) == 1_600


def test_a_recording_may_be_left_early(decoder: Decoder, wav: Wav) -> None:
    with decoder.stream(wav(bytes(320_000))) as stream:
        next(stream.blocks())
    assert list(stream.blocks()) == []
    assert decoder.decode(wav(bytes(3_200))).duration_s == 0.1


def test_a_closed_decoder_says_so(wav: Wav) -> None:
    with Decoder() as closed:
        pass
    with pytest.raises(SottovoceError, match="is closed"):
        closed.decode(wav(bytes(3_200)))


def test_extensible_wav_is_wav(decoder: Decoder, wav: Wav) -> None:
    guid = struct.pack("<HHIH", 22, 16, 4, 1) + bytes.fromhex("000000001000800000aa00389b71")
    values = np.array([1, -2, 3, -4], "<i2")
    decoded = decoder.decode(wav(values.tobytes(), tag=0xFFFE, extension=guid)).samples
    np.testing.assert_array_equal(decoded, values / np.float32(32_768))


def test_the_length_in_a_wav_header_is_not_believed(decoder: Decoder, wav: Wav) -> None:
    for claimed in (0xFFFFFF00, 0, 50):
        recording = decoder.decode(wav(bytes(3_200), claimed_bytes=claimed))
        assert len(recording.samples) in (1_600, 25), claimed


@pytest.mark.parametrize(
    ("muxer", "codec"),
    [("flac", "flac"), ("mp3", "libmp3lame"), ("ogg", "libopus"), ("adts", "aac")],
)
def test_what_is_left_of_a_cut_file_is_heard(
    decoder: Decoder, encode: Encode, chirp: Chirp, muxer: str, codec: str
) -> None:
    encoded = encode(chirp(48_000), 48_000, muxer, codec)
    recording = decoder.decode(encoded[: len(encoded) // 2])
    assert 0.5 < recording.duration_s < 1.5


def test_damage_is_counted_and_left_out(decoder: Decoder, encode: Encode, chirp: Chirp) -> None:
    encoded = bytearray(encode(chirp(44_100), 44_100, "adts", "aac"))
    middle = len(encoded) // 2
    encoded[middle : middle + 1_000] = bytes(1_000)
    with decoder.stream(bytes(encoded)) as stream:
        length = sum(map(len, stream.blocks()))
    assert stream.damaged_packets > 0
    assert 1.5 * SAMPLE_RATE_HZ < length < 2.1 * SAMPLE_RATE_HZ


def test_an_m4a_without_its_index_is_damaged(
    decoder: Decoder, encode: Encode, chirp: Chirp
) -> None:
    encoded = encode(chirp(44_100), 44_100, "ipod", "aac")
    with pytest.raises(CorruptAudioError, match=r"'memo\.m4a' cannot be decoded") as caught:
        decoder.decode(encoded[: len(encoded) // 3], "memo.m4a")
    assert "Invalid data" in str(caught.value.__cause__)


def test_a_tag_before_noise_is_no_mp3(decoder: Decoder) -> None:
    noise = np.random.default_rng(3).bytes(200_000)
    with pytest.raises(CorruptAudioError):
        decoder.decode(b"ID3\x04\x00\x00\x00\x00\x00\x00" + noise)


def test_a_playlist_is_no_recording(tmp_path: Path, decoder: Decoder) -> None:
    path = tmp_path / "memo.m4a"
    path.write_text("#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n")
    with pytest.raises(UnsupportedFormatError, match="whatever its name says"):
        decoder.decode(path)


def test_pictures_alone_are_no_recording(decoder: Decoder, silent_film: bytes) -> None:
    with pytest.raises(NoAudioError, match="no sound track"):
        decoder.decode(silent_film)


def test_a_sound_track_may_be_empty(decoder: Decoder, wav: Wav) -> None:
    with pytest.raises(NoAudioError, match="without any sound"):
        decoder.decode(wav(b""))


def test_codecs_not_on_the_list_are_named(decoder: Decoder, encode: Encode, chirp: Chirp) -> None:
    with pytest.raises(UnsupportedFormatError, match="'wavpack'"):
        decoder.decode(encode(chirp(44_100), 44_100, "matroska", "wavpack"))


def test_sound_in_another_file_is_not_fetched(
    tmp_path: Path, decoder: Decoder, encode: Encode, chirp: Chirp
) -> None:
    """A mov may name another file as the place of its samples (Apple, QuickTime: ``dref``)."""
    secret = (chirp(SAMPLE_RATE_HZ) * 32_767).astype("<i2")
    (tmp_path / "secret.raw").write_bytes(bytes(64) + secret.tobytes())
    silence = encode(np.zeros(32_000), SAMPLE_RATE_HZ, "mov", "pcm_s16le")
    memo = tmp_path / "memo.mov"
    memo.write_bytes(_referring(silence, tmp_path / "secret.raw"))
    with av.open(memo, options={"enable_drefs": "1", "use_absolute_path": "1"}) as trusting:
        assert any(frame.to_ndarray().any() for frame in trusting.decode(audio=0))
    with pytest.raises(NoAudioError):
        decoder.decode(memo)


def _referring(mov: bytes, target: Path) -> bytes:
    """The movie with its data reference, which said "in this file", now naming another one."""
    at = mov.index(b"dref") - 4
    own = slice(at + 16, at + 16 + 12)
    assert mov[own][4:8] in (b"url ", b"alis")
    alias = _alias(target)
    entry = struct.pack(">I4sI", 12 + len(alias), b"alis", 0) + alias
    longer = bytearray(mov[: own.start] + entry + mov[own.stop :])
    for atom in (b"moov", b"trak", b"mdia", b"minf", b"dinf", b"dref"):
        size_at = longer.rindex(atom, 0, at + 8) - 4
        size = struct.unpack_from(">I", longer, size_at)[0] + len(entry) - 12
        struct.pack_into(">I", longer, size_at, size)
    return bytes(longer)


def _alias(target: Path) -> bytes:
    """An alias record (Inside Macintosh: Files, chapter 4) with the absolute path as entry 2."""
    name = target.name.encode()
    path = str(target).encode()
    head = bytes(4) + struct.pack(">HHH", 150 + 4 + len(path) + 4, 2, 0)
    volume = bytes([4]) + b"disk".ljust(27, b"\0") + bytes(12)
    file = bytes([len(name)]) + name.ljust(63, b"\0") + bytes(16)
    level = struct.pack(">hh", 1, 1) + bytes(16)
    tail = struct.pack(">hH", 2, len(path)) + path + b"\0" * (len(path) % 2)
    return head + volume + file + level + tail + struct.pack(">hH", -1, 0)

"""What stands where a recording should: nothing, a folder, a pipe, a stream."""

import hashlib
import io
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sottovoce.audio.source import open_source
from sottovoce.errors import (
    EmptyInputError,
    InputError,
    NoPermissionError,
    NotFoundError,
    TooLongError,
    UnsupportedFormatError,
)

NOBODY = 65_534
SPOOL_BYTES = 1 << 20


@contextmanager
def without_privileges() -> Iterator[None]:
    """As a user who is not root: root may read everything."""
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)


def refusal(source: Path | str | bytes | io.BytesIO, name: str = "memo.wav") -> InputError:
    with pytest.raises(InputError) as caught, open_source(source, name, SPOOL_BYTES):
        pass
    assert name in str(caught.value) or "standard input" in str(caught.value)
    return caught.value


def test_a_missing_path_is_said_to_be_missing(tmp_path: Path) -> None:
    assert type(refusal(tmp_path / "memo.wav")) is NotFoundError


def test_a_file_is_no_folder_of_others(tmp_path: Path) -> None:
    (tmp_path / "memo.wav").write_bytes(b"RIFF")
    assert type(refusal(tmp_path / "memo.wav" / "other.wav")) is NotFoundError


def test_a_path_with_a_null_character_names_nothing() -> None:
    assert type(refusal("memo\0.wav")) is NotFoundError


def test_a_name_longer_than_any_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / ("m" * 300)).type == "unreadable"


def test_a_forbidden_file_is_said_to_be_forbidden(tmp_path: Path) -> None:
    path = tmp_path / "memo.wav"
    path.write_bytes(b"RIFF")
    path.chmod(0)
    with without_privileges():
        assert type(refusal(path)) is NoPermissionError


def test_a_folder_is_no_recording(tmp_path: Path) -> None:
    assert "is a folder" in str(refusal(tmp_path))


def test_a_named_pipe_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "memo.wav")
    assert "no regular file" in str(refusal(tmp_path / "memo.wav"))


def test_a_device_is_refused() -> None:
    assert "no regular file" in str(refusal("/dev/zero"))


def test_an_empty_file_is_empty(tmp_path: Path) -> None:
    (tmp_path / "memo.wav").touch()
    assert type(refusal(tmp_path / "memo.wav")) is EmptyInputError


def test_empty_standard_input_is_called_by_its_name() -> None:
    trouble = refusal(io.BytesIO(), "-")
    assert type(trouble) is EmptyInputError
    assert str(trouble).startswith("standard input is empty")


def test_no_bytes_are_empty() -> None:
    assert type(refusal(b"")) is EmptyInputError


def test_a_stream_is_copied_no_further_than_its_limit() -> None:
    assert type(refusal(io.BytesIO(b"x" * (SPOOL_BYTES + 1)))) is TooLongError


def test_a_copy_has_no_name_and_is_gone_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with open_source(b"RIFF....WAVE", "<bytes>", SPOOL_BYTES) as encoded:
        assert encoded.container().name == "wav"
        assert list(tmp_path.iterdir()) == []
    assert encoded.file.closed


def test_the_digest_is_that_of_the_encoded_bytes() -> None:
    with open_source(io.BytesIO(b"fLaC and more"), "-", SPOOL_BYTES) as encoded:
        assert encoded.sha256() == hashlib.sha256(b"fLaC and more").hexdigest()


def test_a_tag_may_be_longer_than_the_first_bytes() -> None:
    tag = b"ID3\x04\x00\x00" + bytes([0, 0, 8, 0]) + bytes(1024)
    with open_source(tag + b"fLaC\x00\x00\x00\x22", "<bytes>", SPOOL_BYTES) as encoded:
        assert encoded.container().name == "flac"


def test_an_unknown_kind_names_the_known_ones() -> None:
    with (
        open_source(b"hello " * 100, "memo.wav", SPOOL_BYTES) as encoded,
        pytest.raises(UnsupportedFormatError, match=r"'memo\.wav' is not .* m4a"),
    ):
        encoded.container()

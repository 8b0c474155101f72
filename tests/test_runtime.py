"""The door to ONNX Runtime checks what passes."""

from pathlib import Path

import pytest

from sottovoce.errors import ModelError
from sottovoce.runtime import file_sha256, open_session


def test_sha256_of_a_known_text(tmp_path: Path) -> None:
    file = tmp_path / "abc"
    file.write_bytes(b"abc")
    assert file_sha256(file).startswith("ba7816bf8f01cfea")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="missing"):
        open_session(tmp_path / "none.onnx", "0" * 64)


def test_another_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "model.onnx"
    file.write_bytes(b"not the model")
    with pytest.raises(ModelError, match="its card says 000000"):
        open_session(file, "0" * 64)

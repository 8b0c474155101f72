"""The one door to ONNX Runtime: files checked by SHA-256, one thread, the same bits every time."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from sottovoce.errors import ModelError

if TYPE_CHECKING:
    import onnxruntime

ASSETS = Path(__file__).parent / "assets"
CHUNK_BYTES = 1 << 20


def file_sha256(path: Path) -> str:
    """SHA-256 of a file's bytes in hexadecimal, read in blocks."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(CHUNK_BYTES):
            digest.update(block)
    return digest.hexdigest()


@lru_cache(maxsize=16)
def check_file(path: Path, sha256: str) -> None:
    """Make sure, once in a process, that a file's bytes are the expected ones.

    Raises
    ------
    ModelError
        The file is missing, or is not the one that ``sha256`` names.
    """
    if not path.is_file():
        raise ModelError(
            f"the model file '{path}' is missing; reinstall sottovoce or import it again"
        )
    found = file_sha256(path)
    if found != sha256:
        raise ModelError(f"'{path.name}' has SHA-256 {found[:12]}…, its card says {sha256[:12]}…")


@lru_cache(maxsize=16)
def open_session(path: Path, sha256: str) -> "onnxruntime.InferenceSession":
    """Open an ONNX file whose bytes are the expected ones, on one thread.

    One thread makes results independent of the machine's core count and of other work: the same
    input gives the same bits. Parallel work is done over files, not inside a model.

    Raises
    ------
    ModelError
        The file is missing, or is not the one that ``sha256`` names.
    """
    import onnxruntime

    check_file(path, sha256)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

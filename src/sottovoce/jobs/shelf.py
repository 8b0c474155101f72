"""Where a sound waits for its job, sealed under a key that is in the job's row.

Without the row it says nothing: erasing the row erases the sound, wherever copies of it are.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sottovoce.jobs.errors import SoundGoneError
from sottovoce.journal.files import appearing
from sottovoce.journal.job_schema import JobSoundRow
from sottovoce.journal.owned import Owned
from sottovoce.journal.vault import CHUNK_BYTES, seal, unseal

SUFFIX = ".sealed"
SEALED_BYTES = CHUNK_BYTES + 16  # a chunk and its tag
GONE = "the sound of this job is no longer here; send it again"


class Shelf(Protocol):
    """Keeps sealed sound from the submission to the end of its job."""

    def put(self, owned: Owned, job_id: str, sound: bytes, key: bytes) -> None:
        """Keep a sound; it is durable when the transaction is."""
        ...

    def read(self, owned: Owned, job_id: str, key: bytes) -> bytes:
        """The sound again.

        Raises
        ------
        SoundGoneError
            It is not there.
        DamagedError
            It is not what was put there.
        """
        ...

    def drop(self, owned: Owned, job_id: str) -> None:
        """Keep it no longer; nothing happens where it is not there."""
        ...


@dataclass(frozen=True, slots=True)
class FolderShelf:
    """A file for each sound, in a folder that only its owner may enter."""

    folder: Path

    def put(self, owned: Owned, job_id: str, sound: bytes, key: bytes) -> None:  # noqa: ARG002
        """As :meth:`Shelf.put`."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with appearing(self.file_of(job_id)) as part, part.open("wb") as file:
            file.writelines(seal([sound], key, job_id))

    def read(self, owned: Owned, job_id: str, key: bytes) -> bytes:  # noqa: ARG002
        """As :meth:`Shelf.read`."""
        try:
            with self.file_of(job_id).open("rb") as file:
                sealed = iter(lambda: file.read(SEALED_BYTES), b"")
                return b"".join(unseal(sealed, key, job_id))
        except FileNotFoundError as missing:
            raise SoundGoneError(GONE) from missing

    def drop(self, owned: Owned, job_id: str) -> None:  # noqa: ARG002
        """As :meth:`Shelf.drop`."""
        self.file_of(job_id).unlink(missing_ok=True)

    def file_of(self, job_id: str) -> Path:
        """The file of a job's sound."""
        return self.folder / f"{job_id}{SUFFIX}"

    def sweep(self, wanted: Iterable[str]) -> None:
        """Remove what belongs to no job that is still to be run."""
        keep = {self.file_of(job_id).name for job_id in wanted}
        with suppress(FileNotFoundError):
            for file in self.folder.iterdir():
                if file.name not in keep:
                    file.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class TableShelf:
    """Rows of sealed pieces, in the same transactions as their job."""

    def put(self, owned: Owned, job_id: str, sound: bytes, key: bytes) -> None:
        """As :meth:`Shelf.put`."""
        for number, piece in enumerate(seal([sound], key, job_id)):
            owned.insert(JobSoundRow, [{"job_id": job_id, "number": number, "sealed": piece}])

    def read(self, owned: Owned, job_id: str, key: bytes) -> bytes:
        """As :meth:`Shelf.read`."""
        mine = owned.select(JobSoundRow, JobSoundRow.sealed).where(JobSoundRow.job_id == job_id)
        rows = owned.stream(mine.order_by(JobSoundRow.number), 16)
        sealed: Iterator[bytes] = (row.sealed for row in rows)
        sound = b"".join(unseal(sealed, key, job_id))
        if not sound and owned.first(mine) is None:
            raise SoundGoneError(GONE)
        return sound

    def drop(self, owned: Owned, job_id: str) -> None:
        """As :meth:`Shelf.drop`."""
        owned.change(owned.delete(JobSoundRow).where(JobSoundRow.job_id == job_id))

"""What a program may ask of the service."""

import json
import os
import time
from collections.abc import Iterator
from http.client import HTTPResponse
from pathlib import Path
from urllib.parse import quote, urlencode

from sottovoce.client.errors import ClientError, JobFailedError, StillWaitingError
from sottovoce.client.line import Address, flag, form_of, pieces, read_json, retry_after_s
from sottovoce.client.results import About, Entry, Job, Memo, Peaks, Trends
from sottovoce.client.said import Said

LONGEST_WAIT_S = 3600.0
LOOK_AFTER_S = 2.0
ACCEPTED = 202
JSON = "application/json"
NOTHING = About()


class Client:
    """A service, and the token it is shown.

    Parameters
    ----------
    url
        Where it is; another machine only by https.
    token
        What `sottovoce serve --print-token` prints, or one made at ``/v1/tokens``.
    timeout_s
        How long to wait for each answer, in seconds.

    Raises
    ------
    AddressError
        The address is none, or would send the token unencrypted to another machine.
    """

    def __init__(self, url: str, token: str, timeout_s: float = 60.0) -> None:
        self._address = Address(url.rstrip("/"), token, timeout_s)

    def __repr__(self) -> str:
        return f"Client({self._address.url})"

    def analyze(  # noqa: PLR0913 - a door with a name for each wish
        self,
        memo: Path | str | bytes,
        *,
        save: bool = False,
        keep_audio: bool = False,
        about: About = NOTHING,
        key: str | None = None,
        wait_s: float = LONGEST_WAIT_S,
    ) -> Memo:
        """How a memo sounded, waiting up to ``wait_s`` seconds for it where it becomes a job.

        The other parameters are those of :meth:`send`.

        Raises
        ------
        ProblemError, UnreachableError
            It was refused, or nobody answered.
        JobFailedError, StillWaitingError
            It became a job that failed, or that goes on.
        """
        sent = self.send(memo, save=save, keep_audio=keep_audio, about=about, key=key)
        return sent if isinstance(sent, Memo) else self.wait(sent, wait_s)

    def send(
        self,
        memo: Path | str | bytes,
        *,
        save: bool = False,
        keep_audio: bool = False,
        about: About = NOTHING,
        key: str | None = None,
    ) -> Memo | Job:
        """The same without waiting: what was heard at once, else the job that will hear it.

        Parameters
        ----------
        memo
            A file, or its bytes; the file's name is not sent.
        save
            Whether it becomes an entry of the journal.
        keep_audio
            Whether it becomes one and its sound is kept with it, encrypted.
        about
            What the entry is to say besides.
        key
            Makes it safe to send again when a line broke: for a day the same key gives the same
            answer, and one entry.
        """
        sound = memo if isinstance(memo, bytes) else Path(memo).read_bytes()
        body, kind = form_of(about.fields(), sound)
        headers = {"Content-Type": kind, **({"Idempotency-Key": key} if key else {})}
        wanted = urlencode({"save": flag(save), "keep_audio": flag(keep_audio)})
        with self._address.asked("POST", f"/v1/analyses?{wanted}", body, headers) as answer:
            if answer.status == ACCEPTED:
                return job_in(answer)
            return Memo.from_json(read_json(answer))

    def job(self, job_id: str) -> Job:
        """A job as it is now; known for a day."""
        with self._address.asked("GET", f"/v1/jobs/{quote(job_id, safe='')}") as answer:
            return job_in(answer)

    def wait(self, job: Job, wait_s: float = LONGEST_WAIT_S) -> Memo:
        """What a job heard, looking as often as the service says.

        Raises
        ------
        JobFailedError
            It could not be heard.
        StillWaitingError
            It has not ended within ``wait_s`` seconds.
        """
        until_s = time.monotonic() + wait_s
        while job.state not in ("done", "failed"):
            left_s = until_s - time.monotonic()
            if left_s <= 0:
                raise StillWaitingError(f"job {job.id} is {job.state}; ask for it again later")
            time.sleep(min(job.look_after_s, left_s))
            job = self.job(job.id)
        return ended(job)

    def entries(self, *, page: int = 50, deleted: bool = False) -> Iterator[Entry]:
        """Entries of the journal, the newest first, asked for ``page`` (1 to 200) at a time."""
        address = f"/v1/entries?limit={page}&deleted={flag(deleted)}"
        while address:
            with self._address.asked("GET", address) as answer:
                said = read_json(answer)
            yield from map(Entry.from_json, said["entries"])
            address = said["next"]

    def entry(self, entry_id: str) -> Entry:
        """One entry with its whole analysis."""
        with self._address.asked("GET", f"/v1/entries/{quote(entry_id, safe='')}") as answer:
            return Entry.from_json(read_json(answer))

    def trends(self, measure: str = "stress", weeks: int = 12) -> Trends:
        """What the journal tells of a measure over the last ``weeks`` (4 to 104)."""
        wanted = urlencode({"measure": measure, "weeks": weeks})
        with self._address.asked("GET", f"/v1/trends?{wanted}") as answer:
            return Trends.from_json(read_json(answer))

    def export(self, file: Path | str, *, audio: bool = True) -> Path:
        """Write everything into one zip, readable by you alone; it is there whole or not at all.

        ``audio`` says whether kept audio comes along, unlocked.
        """
        return self._written(f"/v1/export?audio={flag(audio)}", Path(file))

    def audio(self, entry_id: str, file: Path | str) -> Path:
        """Write the sound that was kept with an entry into a file, readable by you alone.

        Raises
        ------
        ProblemError
            ``no_entry``, or ``no_sound``: none was kept.
        """
        return self._written(f"/v1/entries/{quote(entry_id, safe='')}/audio", Path(file))

    def peaks(self, entry_id: str, n: int = 1000) -> Peaks:
        """The waveform of an entry whose sound was kept, in at most ``n`` (1 to 4096) peaks."""
        with self._address.asked(
            "GET", f"/v1/entries/{quote(entry_id, safe='')}/peaks?n={n}"
        ) as answer:
            return Peaks.from_json(read_json(answer))

    def transcript(self, entry_id: str) -> Said:
        """What was said in a memo, where it was kept with its entry.

        Raises
        ------
        ProblemError
            ``no_entry``: there is none, or no words were kept with it.
        """
        with self._address.asked("GET", words_at(entry_id)) as answer:
            return Said.from_json(read_json(answer))

    def keep_transcript(self, entry_id: str, said: Said) -> None:
        """Keep what was said beside its entry, sealed; words kept before are replaced."""
        body = json.dumps(said.to_json()).encode()
        with self._address.asked("PUT", words_at(entry_id), body, {"Content-Type": JSON}):
            pass

    def erase_transcript(self, entry_id: str) -> None:
        """Erase the words for good, and nothing else of the entry; without any, nothing happens."""
        with self._address.asked("DELETE", words_at(entry_id)):
            pass

    def _written(self, path: str, target: Path) -> Path:
        """A body as a file, whole or not there at all."""
        part = target.with_name(f".{target.name}.{os.getpid()}.part")
        try:
            with (
                self._address.asked("GET", path) as answer,
                os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out,
            ):
                out.writelines(pieces(answer))
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
        return target


def words_at(entry_id: str) -> str:
    """The address of what was said in a memo.

    >>> words_at("3f2a")
    '/v1/entries/3f2a/transcript'
    """
    return f"/v1/entries/{quote(entry_id, safe='')}/transcript"


def job_in(answer: HTTPResponse) -> Job:
    """The job that an answer tells of."""
    return Job.from_json(read_json(answer), retry_after_s(answer) or LOOK_AFTER_S)


def ended(job: Job) -> Memo:
    """What a job heard at its end."""
    if job.error is not None:
        raise JobFailedError(*job.error)
    if job.memo is None:
        raise ClientError(f"the entry of job {job.id} was erased since")
    return job.memo

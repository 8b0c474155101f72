"""A worker process: it hears one recording after another, with its own models and decoder.

It ends when its parent does, and leaves Ctrl-C to the parent.
"""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing import connection, parent_process
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Protocol

from sottovoce.analysis.batch import InternalError
from sottovoce.analysis.pipeline import analyze, load_model
from sottovoce.analysis.wire import analysis_to_wire
from sottovoce.audio.decode import Decoder, DecodeStream, Limits, Source
from sottovoce.errors import SottovoceError
from sottovoce.models.judge import Judge

NAME = "recording"
"""What results and sentences call a recording that was sent: never by the name of its file."""

MODELS_HELD = 2
GROWTH_BYTES = 256 << 20
GLANCE_S = 0.25


class Share(Protocol):
    """A number that both processes see: a ``multiprocessing.Value`` of kind ``d``."""

    value: float


@dataclass(frozen=True, slots=True)
class Request:
    """What to hear a recording with, whose bytes follow; or, ``warming``, a model to be opened."""

    model: str
    max_duration_s: float = 0.0
    warming: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said, or what went wrong; ``last`` when the process ends after it."""

    analysis: dict[str, Any] | None
    error: SottovoceError | None
    last: bool


class WatchedDecoder(Decoder):
    """A decoder that tells how far it has read the recording it reads now."""

    reading: DecodeStream | None = None

    @contextmanager
    def stream(self, source: Source, name: str | None = None) -> Iterator[DecodeStream]:
        """As :meth:`Decoder.stream`."""
        with super().stream(source, name) as found:
            self.reading = found
            try:
                yield found
            finally:
                self.reading = None


class Ear:
    """What a worker process keeps between recordings."""

    def __init__(self) -> None:
        self.decoder = WatchedDecoder()
        self.models: dict[str, Judge] = {}
        self.settled_bytes: int | None = None

    def answer(self, request: Request, sound: bytes) -> Answer:
        """Hear one recording; a fault of our own is told as such, without its words."""
        try:
            analysis = self.hear(request, sound)
        except SottovoceError as error:
            return Answer(None, error, self.tired())
        except Exception as fault:  # one recording must not end the process for the next
            kind = type(fault).__name__
            trouble = InternalError(f"sottovoce failed on this recording ({kind}); report it")
            return Answer(None, trouble, self.tired())
        return Answer(analysis, None, self.tired())

    def hear(self, request: Request, sound: bytes) -> dict[str, Any] | None:
        """The analysis as JSON values; None where only the model was to be opened."""
        model = self.model(request.model)
        if request.warming:
            return None
        self.decoder.limits = replace(Limits(), max_duration_s=request.max_duration_s)
        return analysis_to_wire(analyze(sound, model=model, decoder=self.decoder, name=NAME))

    def model(self, name: str) -> Judge:
        """An opened model; the one used longest ago makes room for a new one."""
        if name not in self.models:
            while len(self.models) >= MODELS_HELD:
                del self.models[next(iter(self.models))]
            self.settled_bytes = None
            self.models[name] = load_model(name)
        self.models[name] = self.models.pop(name)
        return self.models[name]

    def tired(self) -> bool:
        """Whether the process has grown since it first heard with the models that it holds."""
        now_bytes = resident_bytes()
        if self.settled_bytes is None:
            self.settled_bytes = now_bytes
        return now_bytes - self.settled_bytes > GROWTH_BYTES


def serve(channel: Connection, share: Share) -> None:
    """Answer requests until the channel is closed, or memory has grown too much."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ear = Ear()
    threading.Thread(target=end_with_parent, daemon=True).start()
    threading.Thread(target=tell_progress, args=(ear.decoder, share), daemon=True).start()
    try:
        while True:
            request: Request = channel.recv()
            sound = b"" if request.warming else channel.recv_bytes()
            answer = ear.answer(request, sound)
            channel.send(answer)
            if answer.last:
                return
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return
    finally:
        ear.decoder.close()


def end_with_parent() -> None:
    """Leave at once when the parent is gone, however it went."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def tell_progress(decoder: WatchedDecoder, share: Share) -> None:
    """Say again and again which share of the encoded bytes was read, for whoever looks."""
    pause = threading.Event()
    while not pause.wait(GLANCE_S):
        reading = decoder.reading
        share.value = reading.share_read if reading else 0.0


def resident_bytes() -> int:
    """Memory of this process that is in use now; its peak where the system does not say.

    >>> resident_bytes() > 1 << 20
    True
    """
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

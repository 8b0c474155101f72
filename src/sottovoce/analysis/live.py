"""A memo heard while it is spoken: sound in, events out; no files and no threads.

A recording fed live, in frames of any size, gives the segments and scores of the same recording
analysed whole: the same meter, speech stream and models hear it, and the same function concludes.
Sound is taken in beats of half a second counted from the start, so the events too are the same for
any framing.

>>> from sottovoce.analysis.pipeline import load_model
>>> session = LiveSession("memo-1", load_model())
>>> [event.to_wire()["type"] for event in session.start()]
['session']
>>> [event.to_wire()["type"] for event in session.feed(bytes(64_000))]
['partial', 'partial', 'partial', 'partial']
>>> [*_, summary] = session.finish()
>>> summary.analysis.status
'unusable'
"""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import count

from sottovoce.analysis.conclusion import Origin, conclude, timeline
from sottovoce.analysis.events import (
    About,
    Event,
    Final,
    Greeting,
    Partial,
    Summary,
    Warned,
)
from sottovoce.analysis.listening import Heard, Listener
from sottovoce.analysis.live_limits import LiveLimits
from sottovoce.analysis.running import Running, glance
from sottovoce.analysis.stress import Doubt
from sottovoce.analysis.turns import State, Turns
from sottovoce.audio.blocks import Blocks
from sottovoce.audio.meter import Level, LevelMeter, Word
from sottovoce.audio.pcm import PcmStream
from sottovoce.domain import SAMPLE_RATE_HZ, Baseline, FloatArray
from sottovoce.models.judge import Judge

BEAT_SAMPLES = SAMPLE_RATE_HZ // 2
GLANCE_BEATS = 2  # a glance at the phrase under way each second
ADVICE: dict[Word, tuple[About, str]] = {
    "too quiet": ("too_quiet", "hardly anything is heard; move closer to the microphone"),
    "clipping": ("clipping", "the sound is cut off; move away from the microphone"),
}


class LiveSession:
    """One recording while it is made; each method returns what is to be told now, in order.

    Parameters
    ----------
    session_id
        What clients call it.
    model
        An opened emotion model; many sessions may share it.
    baseline
        The voice's own normal, one that the model accepts, or None.
    source
        What results call the sound.
    recorded_at
        The aware UTC instant at which it began, or None.
    limits
        What is refused.
    """

    def __init__(  # noqa: PLR0913 - a door with a name for each wish
        self,
        session_id: str,
        model: Judge,
        *,
        baseline: Baseline | None = None,
        source: str = "<live>",
        recorded_at: datetime | None = None,
        limits: LiveLimits | None = None,
    ) -> None:
        if baseline:
            model.check_baseline(baseline)
        self.id, self._limits = session_id, limits or LiveLimits()
        self._model, self._baseline = model, baseline
        self._origin = Origin(source, "", recorded_at)
        self._turns, self._numbers = Turns(), count()
        self._pcm, self._beats = PcmStream(), Blocks(BEAT_SAMPLES)
        self._listener, self._meter = Listener(model, baseline), LevelMeter()
        self._n_beats, self._elapsed_s = 0, 0.0
        self._running: Running | None = None
        self._word: Word = "good"

    @property
    def state(self) -> State:
        """Where it stands."""
        return self._turns.state

    @property
    def received_s(self) -> float:
        """Seconds of sound taken so far."""
        return self._pcm.n_samples / SAMPLE_RATE_HZ

    def start(self) -> list[Event]:
        """Open the session: its greeting.

        Like all methods below, refused with a ``TurnError`` when it is not its turn.
        """
        self._turns.take("start")
        return self._greeting()

    def greet(self) -> list[Event]:
        """The greeting once more: how much of the sound is here."""
        self._turns.take("greet")
        return self._greeting()

    def welcome_back(self) -> list[Event]:
        """The greeting for a client that lost its line: it sends what follows the whole samples."""
        greeting = self.greet()
        self._pcm.forget_half()
        return greeting

    def feed(self, frame: bytes) -> list[Event]:
        """Hear the next frame of 16 kHz mono PCM16, little-endian; it may end within a sample.

        Raises
        ------
        FrameError, TooLongError
            The frame, or the recording with it, is over the limit; nothing of it was taken.
        """
        self._turns.take("feed")
        self._limits.check(frame, self.received_s)
        begun_s = time.perf_counter()
        beats = self._beats.push(self._pcm.samples(frame))
        events = [event for beat in beats for event in self._hear(beat)]
        self._elapsed_s += time.perf_counter() - begun_s
        return events

    def lag(self, late_s: float | None) -> list[Event]:
        """Some seconds of sound, None if nobody counted, came too late and are missing."""
        self._turns.take("lag")
        amount = "some sound" if late_s is None else f"{late_s:.1f} s of sound"
        message = f"{amount} came too late and is missing"
        return [Warned(next(self._numbers), "late", message)]

    def pause(self) -> list[Event]:
        """Take no sound until :meth:`resume`; what comes then follows straight on."""
        self._turns.take("pause")
        return []

    def resume(self) -> list[Event]:
        """Take sound again."""
        self._turns.take("resume")
        return []

    def finish(self) -> list[Event]:
        """End the recording: the last finals, then the summary, always last."""
        self._turns.take("finish")
        begun_s = time.perf_counter()
        finals = self._finals(self._listener.finish(self._beats.rest()))
        origin = replace(self._origin, sha256=self._pcm.sha256)
        analysis = conclude(self._listener.hearing(), origin, self._model, self._baseline)
        del self._listener, self._meter, self._running  # nothing of the sound outlives its end
        elapsed_s = self._elapsed_s + time.perf_counter() - begun_s
        return [*finals, Summary(next(self._numbers), replace(analysis, elapsed_s=elapsed_s))]

    def _greeting(self) -> list[Event]:
        limits = self._limits
        return [
            Greeting(
                next(self._numbers),
                self.id,
                limits.max_frame_bytes,
                limits.max_duration_s,
                self._model.id,
                self._pcm.n_samples,
            )
        ]

    def _hear(self, beat: FloatArray) -> Iterator[Event]:
        yield from self._finals(self._listener.push(beat))
        self._n_beats += 1
        speech = self._listener.speech
        if self._n_beats % GLANCE_BEATS == 0:
            self._running = glance(speech, self._model, self._baseline)
        level = self._meter.hear(beat)
        yield from self._warnings(level)
        time_s = self._n_beats * BEAT_SAMPLES / SAMPLE_RATE_HZ
        yield Partial(next(self._numbers), time_s, level, speech.speaking, self._running)

    def _finals(self, heard: list[Heard]) -> list[Event]:
        doubt = Doubt(**self._model.card.doubt)
        return [Final(next(self._numbers), said) for said in timeline(heard, doubt)]

    def _warnings(self, level: Level) -> Iterator[Event]:
        if level.word != self._word and level.word in ADVICE:
            yield Warned(next(self._numbers), *ADVICE[level.word])
        self._word = level.word

"""What a person sees while they record: time, level, and how their voice sounds so far."""

from types import TracebackType
from typing import TYPE_CHECKING, Self

from rich.console import Console
from rich.live import Live
from rich.text import Text

from sottovoce.analysis.events import Event, Final, Partial, Warned
from sottovoce.audio.meter import Level, LevelMeter
from sottovoce.audio.pcm import PcmStream
from sottovoce.cli.words import bar, clock

if TYPE_CHECKING:
    from sottovoce.analysis.running import Running
    from sottovoce.cli.recording import Recorder

QUIETEST_DBFS = -60.0
LEVEL_STYLES = {"good": "green", "too quiet": "yellow", "clipping": "red"}
HELP = "space: pause or go on    Enter or Ctrl-C: stop"


class Screen:
    """A few lines on standard error that change in place; only warnings where nobody looks."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._live = Live(console=console, auto_refresh=False, transient=True)
        self._meter, self._pcm = LevelMeter(), PcmStream()
        self._level: Level | None = None
        self._running: Running | None = None
        self._warning = ""

    def __enter__(self) -> Self:
        if self._console.is_terminal:
            self._live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._live.stop()

    def show(self, recorder: "Recorder", events: list[Event]) -> None:
        """Follow what was heard, and what is heard at this moment."""
        for event in events:
            self._follow(event)
        samples = self._pcm.samples(recorder.latest)
        if len(samples):
            self._level = self._meter.hear(samples)
        if self._console.is_terminal:
            self._live.update(self._picture(recorder), refresh=True)

    def _follow(self, event: Event) -> None:
        if isinstance(event, Warned):
            self._warning = event.message
            if not self._console.is_terminal:
                self._console.print(f"sottovoce: {event.message}", soft_wrap=True)
        elif isinstance(event, Partial):
            self._running = event.running or self._running
        elif isinstance(event, Final):
            self._warning = ""

    def _picture(self, recorder: "Recorder") -> Text:
        mark, style = ("Ⅱ paused   ", "yellow") if recorder.paused else ("● recording", "red")
        lines = [
            Text.assemble((mark, style), f"  {clock(recorder.recorded_s)}  ", level(self._level)),
            Text(so_far(self._running)),
            Text(self._warning, style="yellow"),
            Text(HELP, style="dim"),
        ]
        return Text("\n").join(lines)


def level(heard: Level | None) -> Text:
    """The level as a bar, in figures and in a word.

    >>> level(Level(dbfs=-30.0, peak_dbfs=-12.0, word="good")).plain
    '██████████           -30 dB  good'
    """
    if heard is None:
        return Text("waiting for sound", style="dim")
    share = min(1.0, max(0.0, 1.0 - heard.dbfs / QUIETEST_DBFS))
    style = LEVEL_STYLES[heard.word]
    return Text.assemble(bar(share, style), f" {heard.dbfs:.0f} dB  ", (heard.word, style))


def so_far(running: "Running | None") -> str:
    """How the last seconds of speech sounded, with the doubt."""
    if running is None:
        return "nothing said yet"
    others = [label for label in running.possible if label != running.emotion.label]
    possible = f", perhaps {' or '.join(others)}" if others else ""
    stress = running.stress
    return (
        f"so far your voice sounded mostly {running.emotion.label}{possible}; "
        f"stress {stress.value:.2f} ({stress.low:.2f} to {stress.high:.2f})"
    )

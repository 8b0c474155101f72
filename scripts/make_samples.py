"""Make the sample memos that the package ships: synthetic voices from espeak-ng.

Run with ``make samples``; needs espeak-ng on the path. The texts are ours.
"""

import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import av

FOLDER = Path(__file__).parent.parent / "src" / "sottovoce" / "assets" / "samples"
BITS_PER_S = 24_000
RATE_HZ = 48_000


@dataclass(frozen=True)
class Memo:
    """One sample: its name, its text, and how espeak-ng is to speak it."""

    name: str
    text: str
    words_per_min: int
    pitch: int
    pitch_range: int
    voice: str = "en-gb"


MEMOS = (
    Memo(
        "even",
        "This is a memo spoken at an even pace. I went for a walk before work. "
        "The street was quiet, and I had time to think.",
        155,
        45,
        45,
    ),
    Memo(
        "hurried",
        "I have to be quick, the train leaves in four minutes, and I still have not found my keys! "
        "I looked everywhere, really everywhere, and now it starts to rain!",
        245,
        75,
        90,
    ),
    Memo(
        "slow",
        "It was a long day.  I did not do very much.  I sat by the window for a while.",
        95,
        45,
        20,
    ),
    Memo(
        "bright",
        "Guess what! The letter came today, and it is good news. I can hardly wait to tell you.",
        175,
        65,
        99,
        "en-us",
    ),
)


def main() -> None:
    """Make every memo anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for memo in MEMOS:
        with tempfile.NamedTemporaryFile(suffix=".wav") as spoken:
            speak(memo, Path(spoken.name))
            encode(Path(spoken.name), FOLDER / f"{memo.name}.ogg")


def speak(memo: Memo, path: Path) -> None:
    """Let espeak-ng speak a memo into a wav file."""
    settings = f'<prosody range="{memo.pitch_range}%">{memo.text}</prosody>'
    command = ["espeak-ng", "-m", "-v", memo.voice, "-s", str(memo.words_per_min)]
    command += ["-p", str(memo.pitch), "-w", str(path), settings]
    subprocess.run(command, check=True)


def encode(source: Path, target: Path) -> None:
    """Encode a wav file as Opus in Ogg, a format that phones make."""
    with av.open(str(source)) as sound, av.open(str(target), "w", format="ogg") as out:
        stream = out.add_stream("libopus", rate=RATE_HZ, layout="mono")
        stream.bit_rate = BITS_PER_S
        resampler = av.AudioResampler(
            "s16", "mono", RATE_HZ, stream.codec_context.frame_size or 960
        )
        for frame in [*sound.decode(audio=0), None]:
            for resampled in resampler.resample(frame):
                out.mux(stream.encode(resampled))
        out.mux(stream.encode(None))


if __name__ == "__main__":
    main()

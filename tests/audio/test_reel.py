import os
import signal
import stat
import subprocess
import sys
import wave
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from sottovoce.audio.reel import ReelError, left_behind, new_reel

BEGAN = datetime(2026, 11, 21, 7, 30, 1, 250_000, tzinfo=UTC)
FULL = Path("/dev/full")
SOUND = bytes(range(250)) * 640


def found(folder: Path) -> list[Path]:
    return [reel.path for reel in left_behind(folder)]


def test_it_is_its_owners_alone(tmp_path: Path) -> None:
    with new_reel(tmp_path / "home" / "recordings", BEGAN) as reel:
        assert stat.S_IMODE(reel.path.stat().st_mode) == 0o600
        assert stat.S_IMODE(reel.path.parent.stat().st_mode) == 0o700
        assert stat.S_IMODE(reel.path.parent.parent.stat().st_mode) == 0o700


def test_what_is_recorded_now_was_not_left_behind(tmp_path: Path) -> None:
    with new_reel(tmp_path, BEGAN) as reel:
        reel.append(SOUND)
        assert found(tmp_path) == []
    assert found(tmp_path) == [reel.path]


def test_a_killed_process_leaves_every_sample(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from datetime import datetime, UTC\n"
        "from sottovoce.audio.reel import new_reel\n"
        "with new_reel(Path(sys.argv[1]), datetime.now(UTC)) as reel:\n"
        "    reel.append(bytes(64_000)); print('there', flush=True); time.sleep(600)"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"there\n"
        assert found(tmp_path) == []
        process.send_signal(signal.SIGKILL)
    [reel] = [(reel.duration_s, b"".join(reel.chunks())) for reel in left_behind(tmp_path)]
    assert reel == (2.0, bytes(64_000))


def test_it_remembers_when_it_began(tmp_path: Path) -> None:
    with new_reel(tmp_path, BEGAN.astimezone(timezone(timedelta(hours=9)))):
        pass
    assert [reel.began_at for reel in left_behind(tmp_path)] == [BEGAN]


def test_the_oldest_comes_first_and_a_deleted_one_not_at_all(tmp_path: Path) -> None:
    for hours in (2, 0, 1):
        with new_reel(tmp_path, BEGAN + timedelta(hours=hours)) as reel:
            if hours == 1:
                reel.delete()
    hours = [(reel.began_at - BEGAN) / timedelta(hours=1) for reel in left_behind(tmp_path)]
    assert hours == [0.0, 2.0]


def test_a_wav_holds_the_same_samples(tmp_path: Path) -> None:
    with new_reel(tmp_path, BEGAN) as reel:
        reel.append(SOUND[:9_000])
        reel.append(SOUND[9_000:])
        reel.write_wav(tmp_path / "memo.wav")
    with wave.open(str(tmp_path / "memo.wav")) as wav:
        assert (wav.getframerate(), wav.getnchannels(), wav.getsampwidth()) == (16_000, 1, 2)
        assert wav.readframes(wav.getnframes()) == SOUND


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (there := tmp_path / "memo.wav").write_bytes(b"mine")
    with (
        new_reel(tmp_path, BEGAN) as reel,
        pytest.raises(ReelError, match="is there already; choose another name"),
    ):
        reel.write_wav(there)
    assert there.read_bytes() == b"mine"


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with (
        pytest.raises(ReelError, match="cannot be written or read"),
        new_reel(tmp_path / "file" / "recordings", BEGAN),
    ):
        pass


@pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_one_sentence(tmp_path: Path) -> None:
    with new_reel(tmp_path, BEGAN) as reel:
        with FULL.open("wb") as full:
            os.dup2(full.fileno(), reel._file.fileno())
        with pytest.raises(ReelError, match="No space left on device"):
            reel.append(SOUND)

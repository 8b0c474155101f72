"""A memo heard while it is spoken gives what the same memo gives when it is heard whole."""

import io
import wave
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from itertools import cycle, pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sottovoce as sv
from sottovoce.analysis.events import Event, Final, Partial, Summary, Warned
from sottovoce.analysis.live import LiveSession
from sottovoce.analysis.live_limits import FrameError, LiveLimits
from sottovoce.analysis.turns import State, TurnError
from sottovoce.analysis.wire import analysis_to_wire
from sottovoce.audio.decode import Decoder, decode
from sottovoce.domain import SAMPLE_RATE_HZ, Analysis, FloatArray
from sottovoce.errors import TooLongError
from sottovoce.models.judge import Judge
from sottovoce.runtime import ASSETS
from voices import syllables

Pcm = bytes
SECOND_BYTES = 2 * SAMPLE_RATE_HZ

chunkings = st.lists(st.integers(0, 64 * 1024), min_size=1, max_size=12).filter(
    lambda lengths: sum(lengths) > 1_000
)
tiny_chunkings = st.lists(st.integers(1, 700), min_size=1, max_size=12)


@pytest.fixture(scope="module")
def model() -> Judge:
    return sv.load_model()


@pytest.fixture(scope="module")
def even() -> Pcm:
    return pcm_of(decode(ASSETS / "samples" / "even.ogg").samples)


def pcm_of(samples: FloatArray) -> Pcm:
    return np.clip(np.round(samples * 32_768), -32_768, 32_767).astype("<i2").tobytes()


def wav_of(pcm: Pcm) -> bytes:
    with wave.open(sound := io.BytesIO(), "wb") as file:
        file.setparams((1, 2, SAMPLE_RATE_HZ, 0, "NONE", ""))
        file.writeframes(pcm)
    return sound.getvalue()


def session_of(model: Judge, **more: object) -> LiveSession:
    session = LiveSession("test", model, **more)  # type: ignore[arg-type]
    session.start()
    return session


def lived(model: Judge, pcm: Pcm, lengths: Sequence[int], **more: object) -> list[Event]:
    """Every event of a recording fed in frames of these lengths, over and over."""
    session, at, events = session_of(model, **more), 0, list[Event]()
    for length in cycle(lengths):
        events += session.feed(pcm[at : at + length])
        at += length
        if at >= len(pcm):
            return events + session.finish()
    raise AssertionError


def analysis_of(events: Sequence[Event]) -> Analysis:
    assert isinstance(events[-1], Summary)
    return events[-1].analysis


@cache
def whole(model: Judge, pcm: Pcm) -> Analysis:
    return sv.analyze(wav_of(pcm), model=model)


def assert_same(live: Analysis, other: Analysis) -> None:
    """Equal in every number; only where the sound came from, and how long it took, differ."""
    names = ("source", "sha256", "elapsed_s")
    told = {name: getattr(live, name) for name in names}
    assert live == replace(other, **told)  # type: ignore[arg-type]


def assert_lawful(model: Judge, pcm: Pcm, lengths: Sequence[int]) -> None:
    events = lived(model, pcm, lengths)
    analysis = analysis_of(events)
    assert_same(analysis, whole(model, pcm))
    finals = tuple(event.heard for event in events if isinstance(event, Final))
    assert analysis.segments == (finals if analysis.status == "ok" else ())


@settings(max_examples=8, deadline=None)
@given(lengths=chunkings)
@pytest.mark.parametrize("memo", sorted((ASSETS / "samples").glob("*.ogg")), ids=lambda p: p.stem)
def test_the_samples_live_are_the_samples_whole(
    model: Judge, memo: Path, lengths: list[int]
) -> None:
    assert_lawful(model, pcm_of(decode(memo).samples), lengths)


@settings(max_examples=12, deadline=None)
@given(
    lengths=chunkings,
    f0_hz=st.floats(90, 300),
    peak=st.floats(0.02, 0.9),
    phrases=st.lists(st.tuples(st.integers(3, 12), st.integers(0, 20_000)), min_size=1, max_size=3),
)
def test_a_made_voice_live_is_the_voice_whole(
    model: Judge, lengths: list[int], f0_hz: float, peak: float, phrases: list[tuple[int, int]]
) -> None:
    spoken = [
        np.concatenate((syllables(f0_hz, count, peak=peak), np.zeros(pause, dtype=np.float32)))
        for count, pause in phrases
    ]
    pcm = pcm_of(np.concatenate(spoken))
    assert_lawful(model, pcm, lengths)
    assert whole(model, pcm).segments


@settings(max_examples=5, deadline=None)
@given(lengths=tiny_chunkings)
def test_frames_of_a_few_bytes_give_the_same(model: Judge, even: Pcm, lengths: list[int]) -> None:
    assert_lawful(model, even[: 4 * SECOND_BYTES], lengths)


@pytest.mark.parametrize(
    "sound",
    [
        np.zeros(0),
        np.zeros(1),
        np.zeros(40_000),
        np.random.default_rng(0).normal(scale=0.1, size=40_001),
        np.sign(np.sin(np.arange(80_000) / 30)),
    ],
    ids=["nothing", "one sample", "silence", "noise", "clipped"],
)
def test_what_is_unusable_whole_is_unusable_live(model: Judge, sound: np.ndarray) -> None:
    pcm = pcm_of(sound.astype(np.float32))
    analysis = analysis_of(lived(model, pcm, [7_001]))
    assert (analysis.status, analysis.segments) == ("unusable", ())
    if pcm:
        assert_same(analysis, whole(model, pcm))


@pytest.mark.corpus
@settings(max_examples=3, deadline=None)
@given(lengths=chunkings)
@pytest.mark.parametrize("actor", range(1, 25, 4))
def test_real_clips_live_are_the_clips_whole(
    model: Judge, corpus_folder: Path, actor: int, lengths: list[int]
) -> None:
    clips = sorted((corpus_folder / "ravdess" / "flac").glob(f"*-{actor:02d}.flac"))
    assert_lawful(model, pcm_of(decode(clips[actor]).samples), lengths)


@pytest.mark.corpus
@settings(max_examples=2, deadline=None)
@given(lengths=chunkings)
def test_minutes_of_conversation_live_are_the_conversation_whole(
    model: Judge, corpus_folder: Path, lengths: list[int]
) -> None:
    clips = sorted((corpus_folder / "diar" / "flac").glob("t*.flac"))
    with Decoder() as decoder:
        talk = np.concatenate([decoder.decode(clip).samples for clip in clips])
    assert len(talk) > 4 * 60 * SAMPLE_RATE_HZ
    assert_lawful(model, pcm_of(talk), lengths)


def test_the_events_do_not_depend_on_the_framing(model: Judge, even: Pcm) -> None:
    one, other = (lived(model, even, lengths)[:-1] for lengths in ([64 * 1024], [333, 5_000]))
    assert one == other


def test_events_are_numbered_from_the_greeting_on(model: Judge, even: Pcm) -> None:
    session = LiveSession("memo", model)
    events = session.start() + session.feed(even[:64_000]) + session.greet() + session.finish()
    assert [event.seq for event in events] == list(range(len(events)))
    kinds = [event.to_wire()["type"] for event in events]
    assert (kinds[0], kinds[-1]) == ("session", "summary")


def test_every_second_of_sound_has_a_partial(model: Judge, even: Pcm) -> None:
    events = lived(model, even, [20_000])
    times_s = [event.time_s for event in events if isinstance(event, Partial)]
    assert times_s[0] <= 1.0
    assert max(later - earlier for earlier, later in pairwise(times_s)) <= 1.0
    assert len(even) / SECOND_BYTES - times_s[-1] <= 1.0


def test_the_running_view_tells_its_doubt(model: Judge, even: Pcm) -> None:
    partials = [event for event in lived(model, even, [20_000]) if isinstance(event, Partial)]
    glances = [partial.running for partial in partials if partial.running]
    assert len({glance.segment for glance in glances}) >= 5
    for glance in glances:
        assert 1.0 <= glance.segment.duration_s <= 3.0001
        assert glance.stress.low < glance.stress.value < glance.stress.high
        assert set(glance.possible) <= set(glance.emotion.probabilities)
        assert sum(glance.emotion.probabilities.values()) == pytest.approx(1.0)


def test_a_pause_between_phrases_has_no_running_view(model: Judge, even: Pcm) -> None:
    events = lived(model, even[: 4 * SECOND_BYTES] + bytes(3 * SECOND_BYTES), [32_000])
    last = [event for event in events if isinstance(event, Partial)][-1]
    assert (last.running, last.speaking) == (None, False)


def test_a_final_comes_before_the_end_and_is_never_changed(model: Judge, even: Pcm) -> None:
    events = lived(model, even + bytes(2 * SECOND_BYTES) + even, [64_000])
    analysis, first = analysis_of(events), next(e for e in events if isinstance(e, Final))
    assert first.seq < len(events) // 2
    assert first.heard == analysis.segments[0]
    wire, told = first.to_wire(), analysis_to_wire(analysis)["segments"][0]
    assert {name: wire[name] for name in told} == told


def test_it_warns_once_of_a_quiet_and_of_a_clipped_sound(model: Judge, even: Pcm) -> None:
    quiet = pcm_of(np.random.default_rng(0).normal(scale=1e-4, size=10 * SAMPLE_RATE_HZ))
    loud = np.clip(np.frombuffer(even, "<i2") / 32_768 * 8, -1, 1).astype(np.float32)
    events = lived(model, quiet + pcm_of(loud), [64_000])
    assert [e.about for e in events if isinstance(e, Warned)] == ["too_quiet", "clipping"]


def test_late_sound_is_a_warning(model: Judge) -> None:
    [event] = session_of(model).lag(0.25)
    assert event.to_wire()["about"] == "late"


def test_the_baseline_counts_live_as_it_does_whole(model: Judge, even: Pcm) -> None:
    from sottovoce.analysis.baseline import learn_baseline
    from sottovoce.models.emotion import with_baselines

    memos = [ASSETS / "samples" / name for name in ("slow.ogg", "bright.ogg")]
    with Decoder() as decoder:
        baseline = learn_baseline(memos, with_baselines(model), decoder)
    live = analysis_of(lived(model, even, [11_111], baseline=baseline))
    assert live.absolute is not None
    assert_same(live, sv.analyze(wav_of(even), model=model, baseline=baseline))


def test_source_instant_and_digest_are_told(model: Judge, even: Pcm) -> None:
    from hashlib import sha256

    began = datetime(2026, 1, 2, 3, tzinfo=UTC)
    live = analysis_of(lived(model, even, [999], source="microphone", recorded_at=began))
    assert (live.source, live.recorded_at) == ("microphone", began)
    assert live.sha256 == sha256(even).hexdigest()
    assert live.elapsed_s > 0.0


def test_a_pause_takes_nothing_and_leaves_no_trace(model: Judge, even: Pcm) -> None:
    session = session_of(model)
    session.feed(even[:64_000])
    session.pause()
    with pytest.raises(TurnError, match="needs a session that is listening; this one is paused"):
        session.feed(even[64_000:96_000])
    session.resume()
    session.feed(even[64_000:96_000])
    assert_same(analysis_of(session.finish()), whole(model, even[:96_000]))


def test_a_session_greets_again_with_what_it_has(model: Judge, even: Pcm) -> None:
    session = session_of(model)
    session.feed(even[:10_001])
    [greeting] = session.greet()
    assert greeting.to_wire()["received_samples"] == 5_000


def test_after_a_cut_half_a_sample_is_forgotten(model: Judge, even: Pcm) -> None:
    session = session_of(model)
    session.feed(even[:10_001])
    [greeting] = session.welcome_back()
    received = greeting.to_wire()["received_samples"]
    session.feed(even[2 * received : 42_000])
    assert_same(analysis_of(session.finish()), whole(model, even[:42_000]))


def test_what_is_over_the_limits_is_refused_and_nothing_of_it_taken(
    model: Judge, even: Pcm
) -> None:
    session = session_of(model, limits=LiveLimits(max_frame_bytes=32_000, max_duration_s=1.5))
    with pytest.raises(FrameError, match="32002 bytes"):
        session.feed(even[:32_002])
    session.feed(even[:32_000])
    with pytest.raises(TooLongError, match="finish it"):
        session.feed(even[32_000:64_000])
    assert session.received_s == 1.0
    assert_same(analysis_of(session.finish()), whole(model, even[:32_000]))
    assert session.state is State.FINISHED

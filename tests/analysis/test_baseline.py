"""A voice's own normal: learnt from its memos, used beside the absolute view."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import sottovoce as sv
from sottovoce.analysis.baseline import NoBaselineError, baseline_of, learn_baseline, normal_of
from sottovoce.analysis.wire import analysis_to_wire
from sottovoce.audio.decode import Decoder
from sottovoce.domain import ModelId
from sottovoce.errors import InputError, ModelError
from sottovoce.models.emotion import EmotionModel
from sottovoce.runtime import ASSETS

SAMPLES = sorted((ASSETS / "samples").glob("*.ogg"))


@pytest.fixture(scope="module")
def model() -> EmotionModel:
    return sv.load_model()


def test_scores_are_given_against_it_and_the_absolute_ones_beside_them(
    model: EmotionModel,
) -> None:
    with Decoder() as decoder:
        baseline = learn_baseline(SAMPLES[1:], model, decoder)
        plain = sv.analyze(SAMPLES[0], model=model, decoder=decoder)
        own = sv.analyze(SAMPLES[0], model=model, baseline=baseline, decoder=decoder)
    assert own.baseline_memos == 3
    assert own.absolute is not None
    assert plain.emotion is not None
    assert own.emotion is not None
    assert own.absolute.emotion == plain.emotion
    assert own.absolute.stress == plain.stress
    assert own.emotion.probabilities != plain.emotion.probabilities
    wire = analysis_to_wire(own)
    assert wire["absolute"]["emotions"] == analysis_to_wire(plain)["emotions"]
    assert wire["baseline"] == {"memos": 3}
    assert "absolute" not in analysis_to_wire(plain)


def test_every_memo_weighs_the_same(model: EmotionModel) -> None:
    with Decoder() as decoder:
        memos = [memo for path in SAMPLES[:2] if (memo := normal_of(path, model, decoder))]
    baseline = baseline_of(memos, model)
    np.testing.assert_allclose(
        baseline.mean, (memos[0].mean + memos[1].mean) / 2, rtol=1e-5, atol=1e-5
    )
    assert baseline.model == model.id


def test_memos_without_speech_are_passed_over(model: EmotionModel, tmp_path: Path) -> None:
    with Decoder() as decoder:
        with pytest.raises(NoBaselineError, match="at least one memo"):
            learn_baseline([silent_wav()], model, decoder)
        assert learn_baseline([silent_wav(), SAMPLES[0]], model, decoder).memos == 1


def test_unreadable_memos_are_told_or_raised(model: EmotionModel) -> None:
    troubles: list[Exception] = []
    with Decoder() as decoder:
        with pytest.raises(InputError):
            learn_baseline([b"no audio at all"], model, decoder)
        baseline = learn_baseline([b"no audio", SAMPLES[0]], model, decoder, troubles.append)
    assert (baseline.memos, len(troubles)) == (1, 1)


def test_a_baseline_of_another_model_is_refused(model: EmotionModel) -> None:
    with Decoder() as decoder:
        baseline = learn_baseline(SAMPLES[:1], model, decoder)
        other = replace(baseline, model=ModelId("other", "0"))
        with pytest.raises(ModelError, match="made with 'other'"):
            sv.analyze(SAMPLES[0], model=model, baseline=other, decoder=decoder)


def silent_wav() -> bytes:
    import io
    import wave

    with wave.open(sound := io.BytesIO(), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes(bytes(2 * 32_000))
    return sound.getvalue()

import numpy as np

from sottovoce.domain import FloatArray
from sottovoce.runtime import open_session
from sottovoce.speech.ear import CONTEXT_SAMPLES, FRAME_SAMPLES, MODEL, MODEL_SHA256, Ear


def test_each_frame_is_heard_with_the_end_of_the_one_before(memo: FloatArray) -> None:
    samples = memo[: 40 * FRAME_SAMPLES]
    session = open_session(MODEL, MODEL_SHA256)
    hidden = cell = np.zeros((1, 1, 128), dtype=np.float32)
    padded, expected = np.pad(samples, (CONTEXT_SAMPLES, 0)), []
    for start in range(0, len(samples), FRAME_SAMPLES):
        frame = padded[None, start : start + CONTEXT_SAMPLES + FRAME_SAMPLES]
        chance, hidden, cell = session.run(None, {"input": frame, "h": hidden, "c": cell})
        expected.append(chance[0])
    ear = Ear()
    found = [ear.probabilities(part) for part in np.split(samples, 5)]
    np.testing.assert_allclose(np.concatenate(found), expected, atol=1e-6)


def test_two_ears_do_not_share_what_they_remember(memo: FloatArray) -> None:
    speech = memo[16_384 : 16_384 + 8 * FRAME_SAMPLES]
    experienced = Ear()
    experienced.probabilities(memo[:16_384])
    before = Ear().probabilities(speech)
    assert not np.array_equal(experienced.probabilities(speech), before)
    np.testing.assert_array_equal(Ear().probabilities(speech), before)

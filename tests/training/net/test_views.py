"""What the network sees of a batch stays within its windows."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from sottovoce.training.images import Images, View
from sottovoce.training.net.examples import NetExamples
from sottovoce.training.net.options import NetOptions
from sottovoce.training.net.views import Batch, batch_of, changed, disturbed, mixed, random_cuts

Make = Callable[..., NetExamples]


def test_a_batch_is_whole_and_repeatable(
    make_examples: Make, tiny: NetOptions, noise: Images
) -> None:
    examples = make_examples(voices=2)
    first, again = (
        batch_of(examples, np.arange(8), noise, tiny, np.random.default_rng(1)) for _ in range(2)
    )
    assert first.view.mel.shape == (8, 48, 64)
    assert first.view.alike.shape == (8, 48, 48)
    assert first.view.mel.dtype == first.target.dtype == np.float32
    np.testing.assert_allclose(first.target.sum(axis=1), 1, atol=1e-6)
    assert not first.view.mel[~first.view.heard].any()
    np.testing.assert_array_equal(first.view.mel, again.view.mel)


def test_cuts_stay_within_their_windows(make_examples: Make, tiny: NetOptions) -> None:
    images = make_examples().images
    windows, random = np.arange(len(images)), np.random.default_rng(0)
    for count in (10, 48):
        cuts = random_cuts(images, windows, replace(tiny, crop_frames=count), random)
        assert (cuts.first >= 0).all()
        assert (cuts.last <= images.lengths).all()
        assert (cuts.first < cuts.last).all()
    whole = random_cuts(images, windows, replace(tiny, crop_frames=99, trim_frames=0), random)
    assert not whole.first.any()
    assert (whole.last == images.lengths).all()


def test_without_noise_nothing_is_disturbed(make_examples: Make, tiny: NetOptions) -> None:
    random = np.random.default_rng(0)
    view = View(
        np.ones((3, 5, 64), np.float32), np.ones((3, 5, 48), np.float32), np.ones((3, 5)) > 0
    )
    quiet = disturbed(view, None, replace(tiny, noise=0), random)
    np.testing.assert_array_equal(quiet.mel, view.mel)
    loud = disturbed(view, None, replace(tiny, noise=1), random)
    assert (loud.alike < view.alike).all()


def test_level_does_not_reach_the_network(tiny: NetOptions) -> None:
    drawn = np.random.default_rng(0).normal(size=(4, 6, 64)).astype(np.float32)
    alike, heard = np.ones((4, 6, 48), np.float32), np.ones((4, 6), bool)
    soft, loud = (
        changed(View(mel, alike, heard), None, tiny, np.random.default_rng(3))
        for mel in (drawn, drawn + 8)
    )
    np.testing.assert_allclose(soft.mel, loud.mel, atol=1e-4)


def test_mixing_stays_with_the_voice(tiny: NetOptions) -> None:
    voice = np.repeat([1.0, 2.0], 4).astype(np.float32)[:, None, None]
    view = View(voice + np.zeros((8, 3, 64), np.float32), np.zeros((8, 3, 48)), np.ones((8, 3)) > 0)
    target = np.eye(8, dtype=np.float32)
    after = mixed(Batch(view, target, np.ones((8, 8), bool)), tiny, np.random.default_rng(1))
    np.testing.assert_allclose(after.view.mel, view.mel, rtol=1e-6)
    assert not after.target[:4, 4:].any()
    assert (np.diag(after.target) >= 0.5).all()

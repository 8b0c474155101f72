"""A tiny network learns what is there to learn, the same way each time."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import torch

from sottovoce.training.images import Images
from sottovoce.training.net.examples import NetExamples
from sottovoce.training.net.fit import FittedNet, fit_net, loss_of, one_thread
from sottovoce.training.net.model import EmotionNet
from sottovoce.training.net.options import NetOptions
from sottovoce.training.net.views import batch_of

Make = Callable[..., NetExamples]


def weights(fitted: FittedNet) -> list[np.ndarray]:
    return [value.numpy() for value in fitted.net.state_dict().values()]


def test_it_learns_and_knows_new_voices(make_examples: Make, tiny: NetOptions) -> None:
    fitted = fit_net(make_examples(), tiny, seed=1)
    fresh = make_examples(voices=3, seed=5)
    embeddings = fitted.embeddings(fresh.images)
    assert embeddings.shape == (36, 16)
    assert (fitted.logits(embeddings).argmax(axis=1) == fresh.truth).mean() > 0.8
    for voice in range(3):
        own = fresh.speakers == voice
        said = fitted.own_logits(embeddings[own], embeddings[own].mean(axis=0))
        assert (said.argmax(axis=1) == fresh.truth[own]).mean() > 0.8


def test_the_same_seed_gives_the_same_weights(
    make_examples: Make, tiny: NetOptions, noise: Images
) -> None:
    examples, short = make_examples(voices=2), replace(tiny, epochs=1)
    first, again, other = (fit_net(examples, short, seed, noise) for seed in (1, 1, 2))
    same = [np.array_equal(a, b) for a, b in zip(weights(first), weights(again), strict=True)]
    assert all(same)
    differs = [
        not np.array_equal(a, b) for a, b in zip(weights(first), weights(other), strict=True)
    ]
    assert any(differs)


def test_fitting_leaves_torch_as_it_was(make_examples: Make, tiny: NetOptions) -> None:
    torch.manual_seed(5)
    expected = torch.rand(1)
    torch.manual_seed(5)
    threads = torch.get_num_threads()
    fit_net(make_examples(voices=2), replace(tiny, epochs=1), seed=1)
    assert torch.get_num_threads() == threads
    assert torch.equal(torch.rand(1), expected)


def test_one_voice_with_few_windows_is_enough_to_run(make_examples: Make, tiny: NetOptions) -> None:
    examples = make_examples(voices=1).only(np.arange(3))
    fitted = fit_net(examples, replace(tiny, epochs=1), seed=1)
    assert np.isfinite(fitted.embeddings(examples.images)).all()


def test_a_label_the_corpus_lacks_is_not_punished(make_examples: Make, tiny: NetOptions) -> None:
    examples = make_examples(voices=2)
    lacking = replace(examples, truth=examples.truth * 0, allowed=examples.allowed & [True, False])
    random = np.random.default_rng(0)
    batch = batch_of(lacking, np.arange(8), None, tiny, random)
    with one_thread():
        net = EmotionNet(tiny, 2)
        loss = loss_of(net, batch, tiny.clips)
        loss.backward()
    assert float(loss.detach()) < 1e-6
    assert net.head.weight.grad is not None
    assert not net.head.weight.grad[1].abs().max() > 1e-6

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec

import numpy as np
import pytest

from sottovoce.errors import ModelError
from sottovoce.risk.features.hearing import Heard

if find_spec("keras") is None or find_spec("torch") is None:
    pytest.skip(
        "Keras or torch is not here: pip install 'sottovoce[risk]'", allow_module_level=True
    )

from sottovoce.risk.network.batches import batch, norms_of, shape_of
from sottovoce.risk.network.build import build
from sottovoce.risk.network.export import check_parity, export
from sottovoce.risk.network.fit import Labels, fit, held_back, logits, taken, weights
from sottovoce.risk.network.options import ENCODERS, FUSIONS, MARKERS, SEGMENTS, NetOptions

MakeHeard = Callable[..., list[Heard]]
QUICK = NetOptions(width=8, most_segments=6, epochs=4, learning_rate=1e-2)
CASES = (np.arange(24) % 2).astype(np.float32)
LABELS = Labels(CASES, np.where(CASES > 0, 15, 4))


@pytest.mark.parametrize("encoder", ENCODERS)
@pytest.mark.parametrize("fusion", FUSIONS)
def test_the_exported_file_says_what_the_network_says(
    make_heard: MakeHeard, fusion: str, encoder: str
) -> None:
    people = make_heard(CASES)
    options = replace(QUICK, fusion=fusion, encoder=encoder, epochs=1, levels_weight=0.5)
    shape = shape_of(people[0], options.most_segments)
    inputs = batch(people, shape)
    networks = [fit(inputs, LABELS, shape, options, seed) for seed in (0, 1)]
    some = taken(inputs, np.arange(4))
    content = export(networks, some)
    said = np.stack([logits(network, some) for network in networks], axis=1)
    check_parity(content, said, some)
    with pytest.raises(ModelError, match="nothing is kept"):
        check_parity(content, said + 0.01, some)


def test_it_learns_what_is_there(make_heard: MakeHeard) -> None:
    people = make_heard(CASES, apart=2.0)
    shape = shape_of(people[0], QUICK.most_segments)
    network = fit(batch(people, shape), LABELS, shape, replace(QUICK, epochs=20), seed=0)
    fresh = logits(network, batch(make_heard(CASES, apart=2.0, seed=1), shape))
    assert np.mean(fresh[CASES > 0][:, None] > fresh[CASES == 0]) > 0.9


def test_what_lies_beyond_the_mask_is_not_heard(make_heard: MakeHeard) -> None:
    people = make_heard(CASES[:4])
    shape = shape_of(people[0], 12)
    inputs = batch(people, shape)
    changed = dict(inputs)
    changed[SEGMENTS] = np.where(inputs["mask"][:, :, None] > 0, inputs[SEGMENTS], 9.0)
    for encoder in ENCODERS:
        network = build(replace(QUICK, encoder=encoder, most_segments=12), shape, norms_of(inputs))
        np.testing.assert_allclose(logits(network, inputs), logits(network, changed), atol=1e-5)


def test_a_missing_modality_and_missing_numbers_are_taken(make_heard: MakeHeard) -> None:
    people = make_heard(CASES)
    shape = shape_of(people[0], QUICK.most_segments)
    network = fit(batch(people, shape), LABELS, shape, QUICK, seed=0)
    silent = replace(
        people[0],
        embeddings=np.zeros((len(people[0]), 0), np.float32),
        markers=np.full(13, np.nan, np.float32),
    )
    inputs = batch([silent], shape)
    assert inputs["present"].tolist() == [[1.0, 0.0, 0.0, 0.0]]
    assert np.isfinite(logits(network, inputs)).all()


@pytest.mark.parametrize("modalities", [(SEGMENTS,), (MARKERS,)])
def test_a_modality_left_out_changes_nothing(
    make_heard: MakeHeard, modalities: tuple[str, ...]
) -> None:
    people = make_heard(CASES[:6])
    shape = shape_of(people[0], QUICK.most_segments)
    inputs = batch(people, shape)
    network = build(replace(QUICK, modalities=modalities), shape, norms_of(inputs))
    other = {MARKERS: SEGMENTS, SEGMENTS: MARKERS}[modalities[0]]
    changed = inputs | {other: inputs[other] + 1}
    np.testing.assert_array_equal(logits(network, inputs), logits(network, changed))


def test_the_same_seed_fits_the_same(make_heard: MakeHeard) -> None:
    people = make_heard(CASES)
    shape = shape_of(people[0], QUICK.most_segments)
    inputs = batch(people, shape)
    said = [logits(fit(inputs, LABELS, shape, QUICK, seed), inputs) for seed in (1, 1, 2)]
    np.testing.assert_array_equal(said[0], said[1])
    assert not np.array_equal(said[0], said[2])


def test_both_classes_weigh_the_same_and_unscored_people_have_no_level() -> None:
    labels = Labels(np.float32([1, 0, 0, 0]), np.array([12, 3, -1, 2]))
    found = weights(labels, replace(QUICK, levels_weight=1.0))
    assert found["logit"][0] == pytest.approx(found["logit"][1:].sum())
    assert found["levels"][2] == 0


def test_people_held_back_are_of_both_classes() -> None:
    learnt, watched = held_back(CASES, seed=3)
    assert set(learnt) | set(watched) == set(range(24))
    assert set(CASES[watched]) == {0.0, 1.0}


@pytest.mark.parametrize(
    "wrong", [{"fusion": "sum"}, {"encoder": "gru"}, {"modalities": ("words",)}, {"modalities": ()}]
)
def test_options_that_there_are_not(wrong: dict[str, object]) -> None:
    with pytest.raises(ModelError):
        NetOptions(**wrong)


@pytest.mark.skipif(find_spec("tensorflow") is None, reason="TensorFlow is not installed")
def test_the_same_code_on_tensorflow() -> None:
    script = (
        "import numpy as np\n"
        "from sottovoce.risk.features.hearing import Heard\n"
        "from sottovoce.risk.network.batches import batch, shape_of\n"
        "from sottovoce.risk.network.fit import Labels, fit, logits\n"
        "from sottovoce.risk.network.options import NetOptions\n"
        "r = np.random.default_rng(0); c = np.arange(20) % 2\n"
        "make = lambda: Heard(r.standard_normal((3, 4)).astype('f4'), np.zeros((3, 0), 'f4'),"
        " r.standard_normal(13).astype('f4'), np.arange(3.0), np.zeros(1))\n"
        "people = [make() for _ in c]; shape = shape_of(people[0], 4); x = batch(people, shape)\n"
        "o = NetOptions(epochs=1, encoder='bilstm')\n"
        "n = fit(x, Labels(c.astype('f4'), c * 12), shape, o, 0)\n"
        "assert np.isfinite(logits(n, x)).all()\n"
    )
    environment = os.environ | {"KERAS_BACKEND": "tensorflow"}
    subprocess.run([sys.executable, "-c", script], check=True, env=environment)

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from sottovoce.errors import ModelError
from sottovoce.risk.features.hearing import Heard

if find_spec("keras") is None or find_spec("torch") is None:
    pytest.skip(
        "Keras or torch is not here: pip install 'sottovoce[risk]'", allow_module_level=True
    )

from sottovoce.risk.network.batches import Shape, batch, norms_of, shape_of
from sottovoce.risk.network.build import build
from sottovoce.risk.network.export import check_parity, export
from sottovoce.risk.network.fit import Labels, fit, held_back, logits, taken, weights
from sottovoce.risk.network.options import ENCODERS, FUSIONS, MARKERS, SEGMENTS, WORDS, NetOptions

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
    "wrong", [{"fusion": "sum"}, {"encoder": "gru"}, {"modalities": ("smell",)}, {"modalities": ()}]
)
def test_options_that_there_are_not(wrong: dict[str, object]) -> None:
    with pytest.raises(ModelError):
        NetOptions(**wrong)


ON_TENSORFLOW = """
import sys
import numpy as np
from pickle import load
from sottovoce.risk.network.backend import open_keras
from sottovoce.risk.network.batches import norms_of
from sottovoce.risk.network.build import build
from sottovoce.risk.network.fit import fit, logits
assert open_keras().backend.backend() == "tensorflow"
inputs, labels, shape, told = load(open(sys.argv[1], "rb"))
for options, weights, said in told:
    network = build(options, shape, norms_of(inputs))
    network.set_weights(weights)
    apart = np.abs(logits(network, inputs) - said).max()
    assert apart < 1e-4, (options, apart)
    fitted = fit(inputs, labels, shape, options, 0)
    assert np.isfinite(logits(fitted, inputs)).all()
    print(options.fusion, options.encoder, f"{apart:.1e}")
"""


@pytest.mark.skipif(
    find_spec("tensorflow") is None,
    reason="TensorFlow is not here: it passed with 2.21.0; pip install tensorflow==2.21.0",
)
def test_the_same_code_on_tensorflow_says_the_same(make_heard: MakeHeard, tmp_path: Path) -> None:
    """Every fusion and sequence: torch's weights in TensorFlow, and a fit of its own."""
    people = worded(make_heard(CASES), CASES)
    shape = shape_of(people[0], QUICK.most_segments)
    inputs, told = batch(people, shape), []
    for fusion, encoder in product(FUSIONS, ENCODERS):
        options = replace(QUICK, fusion=fusion, encoder=encoder, epochs=1, levels_weight=0.5)
        network = fit(inputs, LABELS, shape, options, seed=0)
        norms = norms_of(inputs)
        same = build(options, shape, norms)
        same.set_weights(network.get_weights())
        told.append((options, same.get_weights(), logits(same, inputs)))
    (tmp_path / "told.pickle").write_bytes(pickle.dumps((inputs, LABELS, shape, told)))
    done = subprocess.run(
        [sys.executable, "-c", ON_TENSORFLOW, tmp_path / "told.pickle"],
        capture_output=True,
        text=True,
        env=os.environ | {"KERAS_BACKEND": "tensorflow"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == len(told)


def worded(people: list[Heard], cases: np.ndarray) -> list[Heard]:
    """People whose words alone tell the classes apart; every third has no transcript."""
    rows = [
        np.full(7, np.nan if place % 3 == 2 else 3.0 * case) for place, case in enumerate(cases)
    ]
    return [
        replace(one, words=row.astype(np.float32)) for one, row in zip(people, rows, strict=True)
    ]


def test_words_are_heard_where_they_are_known(make_heard: MakeHeard) -> None:
    people = worded(make_heard(CASES, apart=0.0), CASES)
    shape = shape_of(people[0], QUICK.most_segments)
    inputs = batch(people, shape)
    assert inputs["present"][:3, 3].tolist() == [1.0, 1.0, 0.0]
    options = replace(QUICK, modalities=(WORDS,), epochs=30)
    network = fit(inputs, LABELS, shape, options, seed=0)
    said = logits(network, inputs)
    told = np.isfinite(inputs[WORDS]).all(axis=1)
    assert np.mean(said[told & (CASES > 0)][:, None] > said[told & (CASES == 0)]) > 0.9
    assert np.isfinite(said).all()
    assert len(set(said[~told].round(5))) == 1, "who says nothing sounds like everyone else"


def test_a_network_without_words_takes_no_words(make_heard: MakeHeard) -> None:
    people = make_heard(CASES)
    shape = shape_of(people[0], QUICK.most_segments)
    network = build(QUICK, shape, norms_of(batch(people, shape)))
    assert WORDS not in {entry.name for entry in network.inputs}


def test_a_model_made_before_words_still_gets_what_it_knows(make_heard: MakeHeard) -> None:
    (one,) = worded(make_heard(CASES[:1]), CASES[:1])
    widths = {"segments": 8, "embeddings": 6, "markers": 13}
    inputs = batch([one], Shape(4, widths))
    assert inputs["present"].shape == (1, 3)
    assert inputs[WORDS].shape == (1, 0)

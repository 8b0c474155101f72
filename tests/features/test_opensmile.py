import sys

import numpy as np
import pytest

from sottovoce.domain import FloatArray
from sottovoce.errors import MissingExtraError
from sottovoce.features import opensmile as adapter
from voices import voice

reference = pytest.importorskip("opensmile")


def directly(name: str, samples: FloatArray) -> tuple[list[str], FloatArray]:
    smile = reference.Smile(
        feature_set=reference.FeatureSet[name],
        feature_level=reference.FeatureLevel.Functionals,
    )
    table = smile.process_signal(samples, 16_000)
    return list(table.columns), table.to_numpy()[0]


@pytest.mark.parametrize(
    ("ours", "name", "size"),
    [(adapter.egemaps, "eGeMAPSv02", 88), (adapter.compare, "ComParE_2016", 6373)],
)
def test_names_and_values_are_those_of_opensmile(ours, name: str, size: int) -> None:
    samples = voice([120.0, 170.0], hnr_db=20.0).samples
    heard = ours(samples)
    names, values = directly(name, samples)
    assert heard.names == tuple(names)
    assert len(names) == size
    np.testing.assert_array_equal(heard.values, values)


def test_full_scale_does_not_turn_over(sine: FloatArray) -> None:
    full = np.clip(4 * sine, -1, 1)
    level = adapter.egemaps(full).names.index("equivalentSoundLevel_dBp")
    just_under = adapter.egemaps(full * np.float32(0.999)).values[level]
    assert adapter.egemaps(full).values[level] == pytest.approx(just_under, abs=0.1)


@pytest.mark.parametrize("n_samples", [0, 100, 959])
def test_too_short_a_window_has_no_values(n_samples: int) -> None:
    heard = adapter.egemaps(np.zeros(n_samples, dtype=np.float32))
    assert np.isnan(heard.values).all()
    assert len(heard.names) == len(heard.values) == 88


def test_the_shortest_window_has_values() -> None:
    assert np.isfinite(adapter.egemaps(voice().samples[8_000:8_960]).values).all()


def test_every_set_is_found_by_name() -> None:
    assert set(adapter.FEATURE_SETS) == {"egemaps", "compare"}


def test_without_opensmile_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opensmile", None)
    adapter._open.cache_clear()
    with pytest.raises(MissingExtraError, match=r"pip install 'sottovoce\[opensmile\]'"):
        adapter.egemaps(np.zeros(1_600, dtype=np.float32))


def test_the_licence_is_one_sentence() -> None:
    assert "research use only" in adapter.LICENCE_NOTICE
    assert adapter.LICENCE_NOTICE.count(".") == 1

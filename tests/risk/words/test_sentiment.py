import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from sottovoce.errors import MissingExtraError, ModelError
from sottovoce.risk.words import sentiment
from sottovoce.risk.words.sentiment import LEXICON, open_sentiment, signs_of

needs_lexicon = pytest.mark.skipif(
    find_spec("vaderSentiment") is None, reason="VADER is not here: pip install 'sottovoce[words]'"
)


@needs_lexicon
def test_the_lexicon_tells_good_from_bad() -> None:
    lexicon = open_sentiment()
    assert lexicon.name == LEXICON
    assert lexicon.version
    low, middle, high = map(
        lexicon.score, ("I feel hopeless and alone.", "The bus was red.", "What a lovely day!")
    )
    assert -1 <= low < middle < high <= 1
    assert middle == 0


def test_without_the_lexicon_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "vaderSentiment.vaderSentiment", None)
    sentiment._open_lexicon.cache_clear()
    with pytest.raises(MissingExtraError, match=r"sottovoce\[words\]"):
        open_sentiment()
    sentiment._open_lexicon.cache_clear()


def test_stars_and_signs_are_sentiments() -> None:
    assert signs_of({0: "1 star", 4: "5 stars"}, "it") == {0: -1.0, 4: 1.0}
    assert signs_of({0: "neg", 1: "Neutral", 2: "POSITIVE"}, "it") == {0: -1.0, 1: 0.0, 2: 1.0}
    with pytest.raises(ModelError, match="'it' says 'LABEL_0', which is no sentiment"):
        signs_of({0: "LABEL_0", 1: "LABEL_1"}, "it")


@pytest.mark.skipif(
    find_spec("transformers") is None or find_spec("torch") is None,
    reason="transformers or torch is not here: pip install 'sottovoce[wav2vec2]'",
)
class TestClassifier:
    """A real one, with weights that were drawn: what it says is no matter, how it is run is."""

    def folder(self, place: Path, labels: dict[int, str]) -> Path:
        from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

        words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "good", "bad"]
        (place / "vocab.txt").write_text("\n".join(words))
        config = BertConfig(
            vocab_size=len(words), hidden_size=8, num_hidden_layers=1, num_attention_heads=2,
            intermediate_size=8, id2label=labels, label2id={v: k for k, v in labels.items()},
        )  # fmt: skip
        BertForSequenceClassification(config).save_pretrained(place)
        BertTokenizer(str(place / "vocab.txt")).save_pretrained(place)
        return place

    def test_a_classifier_of_this_machine(self, tmp_path: Path) -> None:
        place = self.folder(tmp_path, {0: "NEGATIVE", 1: "POSITIVE"})
        found, again = open_sentiment(str(place)), open_sentiment(str(place))
        assert -1 <= found.score("good good bad") <= 1
        assert found.score("good") == again.score("good")
        assert found.version == again.version

    def test_labels_that_say_nothing_are_refused(self, tmp_path: Path) -> None:
        place = self.folder(tmp_path, {0: "LABEL_0", 1: "LABEL_1"})
        with pytest.raises(ModelError, match="no sentiment"):
            open_sentiment(str(place))

    def test_nothing_is_downloaded(self) -> None:
        with pytest.raises(ModelError, match="nothing is downloaded"):
            open_sentiment("nobody/has-this-classifier")

"""How a line is worded, -1 (negative) to 1 (positive): by a lexicon, or by a model on disk."""

from collections.abc import Mapping
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol

from sottovoce.errors import MissingExtraError, ModelError

LEXICON = "vader"
NEGATIVE_BELOW = -0.05  # what the makers of VADER call negative
SIGNS = {"positive": 1.0, "pos": 1.0, "neutral": 0.0, "neu": 0.0, "negative": -1.0, "neg": -1.0}
STARS = {"1 star": -1.0, "2 stars": -0.5, "3 stars": 0.0, "4 stars": 0.5, "5 stars": 1.0}
NEEDS_LEXICON = "sentiment needs the lexicon of VADER: pip install 'sottovoce[words]'"
NEEDS_MODELS = "a text classifier needs transformers and torch: pip install 'sottovoce[wav2vec2]'"


class Sentiment(Protocol):
    """Gives a line its sentiment; ``version`` changes with its numbers."""

    name: str
    version: str

    def score(self, text: str) -> float:
        """-1 to 1."""
        ...


def open_sentiment(name: str = LEXICON) -> Sentiment:
    """The lexicon, or a text classifier of transformers that is on this machine.

    Parameters
    ----------
    name
        "vader" for the English lexicon that its package brings (Hutto & Gilbert 2014); else a
        folder with a classifier, or a name that transformers has downloaded before.

    Raises
    ------
    MissingExtraError
        What it needs is not installed.
    ModelError
        There is no such model here, or its labels are no sentiments.
    """
    return Vader() if name == LEXICON else Classifier(name)


class Vader:
    """The lexicon of VADER, made for short English lines.

    >>> lexicon = Vader()
    >>> lexicon.score("I feel hopeless.") < 0 < lexicon.score("That was a lovely day!")
    True
    """

    name = LEXICON

    def __init__(self) -> None:
        self._lexicon = _open_lexicon()
        self.version = version("vaderSentiment")

    def score(self, text: str) -> float:
        """The compound score of a line."""
        return float(self._lexicon.polarity_scores(text)["compound"])


@lru_cache(maxsize=1)
def _open_lexicon() -> Any:
    try:
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer
    except ImportError as missing:
        raise MissingExtraError(NEEDS_LEXICON) from missing
    return SentimentIntensityAnalyzer()


class Classifier:
    """A text classifier of transformers, from this machine alone and from safetensors alone.

    Raises
    ------
    MissingExtraError
        Transformers or torch is not installed.
    ModelError
        There is no such model here, or its labels are no sentiments.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._tokenizer, self._model = _open_classifier(name)
        self._signs = signs_of(self._model.config.id2label, name)
        self.version = _digest(self._model)

    def score(self, text: str) -> float:
        """The mean of its labels' signs, by the probability of each."""
        import torch

        given = self._tokenizer(text, return_tensors="pt", truncation=True)
        with torch.no_grad():
            shares = torch.softmax(self._model(**given).logits[0].double(), dim=0)
        return float(sum(sign * shares[place] for place, sign in self._signs.items()))


def signs_of(labels: Mapping[int, str], name: str) -> dict[int, float]:
    """What each label says, -1 to 1, by its name.

    >>> signs_of({0: "NEGATIVE", 1: "POSITIVE"}, "any")
    {0: -1.0, 1: 1.0}

    Raises
    ------
    ModelError
        The names are no sentiments ("LABEL_0"): what they mean would be a guess.
    """
    known = SIGNS | STARS
    unknown = [label for label in labels.values() if label.lower() not in known]
    if unknown:
        raise ModelError(
            f"'{name}' says '{unknown[0]}', which is no sentiment; its labels must be named "
            "positive, neutral, negative, or 1 star to 5 stars"
        )
    return {place: known[label.lower()] for place, label in labels.items()}


def _open_classifier(name: str) -> tuple[Any, Any]:
    try:
        from transformers import AutoModelForSequenceClassification, AutoTokenizer
    except ImportError as missing:
        raise MissingExtraError(NEEDS_MODELS) from missing
    here = str(Path(name).expanduser()) if Path(name).expanduser().is_dir() else name
    try:
        tokenizer = AutoTokenizer.from_pretrained(here, local_files_only=True)
        model = AutoModelForSequenceClassification.from_pretrained(
            here, local_files_only=True, use_safetensors=True
        )
    except (OSError, ValueError) as trouble:
        raise ModelError(
            f"there is no text classifier '{name}' on this machine, or it is not whole; nothing "
            "is downloaded: name its folder"
        ) from trouble
    return tokenizer, model.eval()


def _digest(model: Any) -> str:
    """SHA-256 of the weights."""
    from hashlib import sha256

    digest = sha256()
    for weights in model.state_dict().values():
        digest.update(weights.numpy().tobytes())
    return digest.hexdigest()

"""What can go wrong while training, each a sentence that names the file or the key."""

from sottovoce.errors import SottovoceError


class CorpusError(SottovoceError):
    """A corpus folder, a manifest or one of its files is not what it should be."""

    type = "corpus"


class LeakError(SottovoceError):
    """What is heard in training is heard again in the test."""

    type = "leak"


class RecipeError(SottovoceError):
    """A recipe has an unknown key, a value of the wrong type, or names what is not there."""

    type = "recipe"


class RunLogError(SottovoceError):
    """The experiment log holds a line that is not a record."""

    type = "run_log"

"""Errors a person can act on: one root, a stable ``type`` each, and one sentence as message.

A poor recording is not an error (see :class:`sottovoce.domain.Quality`); an input that cannot be
read, or a wish that cannot be met, is.

>>> try:
...     raise NotFoundError("'memo.m4a' does not exist")
... except SottovoceError as trouble:
...     print(trouble.type, "|", trouble)
not_found | 'memo.m4a' does not exist
"""

from typing import ClassVar


class SottovoceError(Exception):
    """Something that a person can act on went wrong."""

    type: ClassVar[str] = "error"


class InputError(SottovoceError):
    """The input could not be read as audio."""

    type = "unreadable"


class NotFoundError(InputError):
    """There is nothing at that path."""

    type = "not_found"


class NoPermissionError(InputError):
    """The file may not be read."""

    type = "no_permission"


class EmptyInputError(InputError):
    """The input holds no bytes."""

    type = "empty"


class UnsupportedFormatError(InputError):
    """The first bytes are not those of a container that Sottovoce reads."""

    type = "unsupported_format"


class CorruptAudioError(InputError):
    """The container is known, but what it holds cannot be decoded."""

    type = "corrupt"


class InvalidSamplesError(InputError):
    """The decoded samples are not numbers (NaN or infinite)."""

    type = "invalid_samples"


class NoAudioError(InputError):
    """The file holds no sound track."""

    type = "no_audio"


class TooLongError(InputError):
    """The recording is longer than the limit."""

    type = "too_long"


class DecoderLimitError(InputError):
    """Decoding took more memory or time than it may, or the decoder crashed."""

    type = "decoder_limit"


class ModelError(SottovoceError):
    """A model is missing, or its file is not the one its card names."""

    type = "model"


class MissingExtraError(SottovoceError):
    """A feature needs an optional part that is not installed."""

    type = "missing_extra"

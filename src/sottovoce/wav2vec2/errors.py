"""What can be wrong with a checkpoint, as sentences a person can act on."""

from sottovoce.errors import ModelError


class CheckpointError(ModelError):
    """The checkpoint cannot be used; nothing was imported."""

    type = "checkpoint"


class ParityError(ModelError):
    """The converted model does not say what the checkpoint says."""

    type = "parity"


class HubError(ModelError):
    """A model named by its hub id could not be fetched."""

    type = "hub"


class ExportError(ModelError):
    """An imported model could not be written for other devices."""

    type = "export"

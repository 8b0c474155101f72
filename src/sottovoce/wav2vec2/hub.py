"""A checkpoint named by its hub id: fetched only when the user names one, its size told first."""

import re
from collections.abc import Callable
from pathlib import Path

from sottovoce.wav2vec2.checkpoint import CONFIG, PREPROCESSOR
from sottovoce.wav2vec2.errors import CheckpointError, HubError
from sottovoce.wav2vec2.shelf import DISK_ERRORS
from sottovoce.wav2vec2.weights import PICKLED, SAFETENSORS

HUB_ID = re.compile(r"[A-Za-z0-9][\w.-]*/[\w.-]+")
TEXTS = (CONFIG, PREPROCESSOR, "README.md")
MEGABYTE = 1e6


def checkpoint_folder(wanted: str, say: Callable[[str], None]) -> Path:
    """The folder of a checkpoint: the one that is named, or one fetched from the hub.

    Raises
    ------
    CheckpointError
        There is neither such a folder nor could it be a hub id.
    HubError
        The hub cannot be reached, or has no such model.
    """
    path = Path(wanted).expanduser()
    if path.is_dir():
        return path
    if path.exists() or not HUB_ID.fullmatch(wanted):
        raise CheckpointError(f"'{wanted}' is no checkpoint folder, and no hub id like owner/name")
    return _fetched(wanted, say)


def _fetched(hub_id: str, say: Callable[[str], None]) -> Path:
    from huggingface_hub import HfApi, constants, snapshot_download
    from huggingface_hub.errors import HTTPError  # type: ignore[attr-defined]

    constants.HF_HUB_DISABLE_TELEMETRY = True
    try:
        found = HfApi().model_info(hub_id, files_metadata=True, timeout=10)
        sizes = {one.rfilename: one.size or 0 for one in found.siblings or []}
        wanted = wanted_files(list(sizes))
        megabytes = sum(sizes[name] for name in wanted) / MEGABYTE
        say(f"fetching '{hub_id}' from the hub: {megabytes:.1f} MB")
        return Path(snapshot_download(hub_id, allow_patterns=wanted, revision=found.sha))
    except (HTTPError, OSError) as trouble:
        raise HubError(_told(hub_id, trouble)) from trouble


def _told(hub_id: str, trouble: Exception) -> str:
    """One sentence for what the hub, or the way to it, answered."""
    from huggingface_hub import errors

    if isinstance(trouble, errors.GatedRepoError):
        return (
            f"'{hub_id}' is gated: accept its terms on its page on the hub, log in with "
            "`hf auth login`, and try again"
        )
    if isinstance(trouble, errors.RepositoryNotFoundError):
        return (
            f"there is no folder '{hub_id}' here, and no such model on the hub that you may see; "
            "for a private one log in with `hf auth login`"
        )
    if isinstance(trouble, errors.HfHubHTTPError):
        return f"the hub answered {trouble.response.status_code} for '{hub_id}'; try again later"
    if isinstance(trouble, OSError) and trouble.errno in DISK_ERRORS:
        return f"there is not enough room to fetch '{hub_id}'"
    if "Consistency check" in str(trouble):
        return f"'{hub_id}' came torn from the hub, nothing was imported; try again"
    return (
        f"there is no folder '{hub_id}' here, and the hub cannot be reached to fetch it "
        f"({type(trouble).__name__}); fetch it elsewhere and give its folder"
    )


def wanted_files(names: list[str]) -> list[str]:
    """The files an import needs: safetensors, or else the pickle; never both.

    >>> wanted_files(["config.json", "model.safetensors", "pytorch_model.bin", "tf_model.h5"])
    ['config.json', 'model.safetensors']
    """
    for kind in (SAFETENSORS, PICKLED):
        stem, suffix = kind.rsplit(".", 1)
        part = re.compile(rf"{stem}(-\d+-of-\d+)?\.{suffix}(\.index\.json)?")
        weights = [name for name in names if part.fullmatch(name)]
        if weights:
            return [name for name in names if name in TEXTS] + weights
    raise HubError("the model on the hub has neither safetensors nor torch weights")

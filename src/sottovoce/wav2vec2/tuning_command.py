"""What ``sottovoce train --backbone`` does."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typer

from sottovoce.wav2vec2.commands import need_extra, say


def tune(backbone: Path, corpus: Path, output: Path | None, wishes: Mapping[str, Any]) -> None:
    """Fine-tune the backbone on a corpus, and say how to import what came of it.

    ``wishes`` are fields of :class:`~sottovoce.wav2vec2.finetune.Tuning`.
    """
    need_extra()
    from sottovoce.training.corpora import read_corpus
    from sottovoce.wav2vec2.finetune import Tuning, fine_tune

    folder = output or Path(f"{backbone.name}-tuned")
    manifest = read_corpus(corpus)
    fine_tune(backbone, manifest.clips, folder, Tuning(**wishes), say)
    typer.echo(f"the checkpoint is in '{folder}'; import it: sottovoce models import {folder}")

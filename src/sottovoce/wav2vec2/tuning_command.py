"""What ``sottovoce train --backbone`` does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from sottovoce.wav2vec2.commands import need_extra, say

HOW = "fine-tuning needs both of these extras: pip install 'sottovoce[train,wav2vec2]'"


@dataclass(frozen=True, slots=True)
class Heard:
    """What to learn from: a corpus, ``WORD=LABEL`` for its words, the speakers to hold out."""

    corpus: Path
    words: Sequence[str]
    held_out: Sequence[str]


def tune(backbone: Path, heard: Heard, output: Path | None, wishes: Mapping[str, Any]) -> None:
    """Fine-tune the backbone on a corpus, and say how it did and how to import what came of it.

    ``wishes`` are fields of :class:`~sottovoce.wav2vec2.finetune.Tuning`.
    """
    need_extra()
    need_extra(("sklearn", "scipy", "jinja2"), HOW)
    from sottovoce.training.corpora import read_corpus
    from sottovoce.training.evaluation.command import words_of
    from sottovoce.wav2vec2.finetune import Tuning, fine_tune
    from sottovoce.wav2vec2.held_out import split_by_speaker

    folder = output or Path(f"{backbone.resolve().name}-tuned")
    manifest = read_corpus(heard.corpus, labels=words_of(heard.words))
    split = split_by_speaker(manifest.clips, heard.held_out)
    say(f"{len(split.learnt_from)} clips to learn {', '.join(split.labels)} from, "
        f"{len(split.held_out)} to judge it on, of {', '.join(split.judges)}")  # fmt: skip
    judged = fine_tune(backbone, split, folder, Tuning(**wishes), say)
    for name, value in {**judged.figures, "temperature": judged.temperature}.items():
        typer.echo(f"{name:<12} {value:.4g}")
    if judged.doubt is None:
        say("not calibrated: that takes two held-out speakers")
    typer.echo(f"the checkpoint is in '{folder}'; import it: sottovoce models import {folder}")

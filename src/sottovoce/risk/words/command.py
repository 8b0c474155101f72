"""``sottovoce words``: what the words beside a voice give, for whoever has them measured."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from sottovoce.risk.words.measures import WordMeasures
    from sottovoce.risk.words.transcript import Transcript

EPILOG = """\b
Examples:
  sottovoce words memo.m4a --transcript memo.srt
  sottovoce words memo.m4a --transcript whisper:~/models/whisper-small --json
  sottovoce words memo.m4a --transcript memo.txt --keep     and keep it with the entry, sealed
  sottovoce journal erase 3f2a --transcripts                and let it go again

Nothing is downloaded, nothing sent, and nothing kept unless you say so."""
NOTICE = (
    "Counted, not understood: a lexicon knows no irony, and words say less about anyone than they "
    "seem to."
)


def words_command(
    memo: Annotated[Path, typer.Argument(help="The memo that the words were said in.")],
    transcript: Annotated[
        str,
        typer.Option(help="txt, srt, vtt, json or csv; or whisper:FOLDER, a model on disk."),
    ],
    sentiment: Annotated[
        str, typer.Option(help="vader (English), or the folder of a text classifier.")
    ] = "vader",
    as_json: Annotated[bool, typer.Option("--json", help="A JSON object.")] = False,
    keep: Annotated[
        bool, typer.Option("--keep", help="Keep the transcript in your journal, sealed.")
    ] = False,
) -> None:
    """Measure what was said in a memo: sentiment, word rate, pauses between words."""
    from sottovoce.audio.decode import Decoder
    from sottovoce.risk.words.measures import measure_words
    from sottovoce.risk.words.sentiment import open_sentiment
    from sottovoce.risk.words.source import check_source, words_of

    check_source(transcript)
    scorer = open_sentiment(sentiment)
    with Decoder() as decoder:
        said, duration_s = words_of(transcript, memo, decoder)
    found = measure_words(said, scorer, duration_s)
    if keep:
        typer.echo(f"kept with {kept(memo, said)}, sealed", err=True)
    if as_json:
        by = {"name": scorer.name, "version": scorer.version}
        typer.echo(json.dumps(to_wire(memo, said, found) | {"sentiment": by}))
    else:
        write_words(found)


def to_wire(memo: Path, said: "Transcript", found: "WordMeasures") -> dict[str, Any]:
    """The measures as JSON values; none of the words themselves."""
    from dataclasses import asdict

    return {
        "path": str(memo),
        "lines": len(said.lines),
        "timed": said.timed,
        "words": asdict(found),
    }


def write_words(found: "WordMeasures") -> None:
    """A measure a line on standard output; what could not be told is left out."""
    from dataclasses import asdict

    for name, value in asdict(found).items():
        if value is not None:
            typer.echo(f"  {name:<22} {value:.2f}")
    typer.echo(NOTICE, err=True)


def kept(memo: Path, said: "Transcript") -> str:
    """Keep a transcript with the entry of its memo; returns the entry's id.

    Raises
    ------
    TranscriptError
        The memo is not in the journal: words are kept beside a voice only.
    """
    from sottovoce.cli.opening import my_journal
    from sottovoce.journal.changing import id_of
    from sottovoce.journal.errors import NoEntryError
    from sottovoce.risk.words.reading import to_json
    from sottovoce.risk.words.transcript import TranscriptError
    from sottovoce.runtime import file_sha256

    with my_journal() as journal:
        try:
            return journal.keep_transcript(id_of(file_sha256(memo)), to_json(said))
        except NoEntryError as missing:
            raise TranscriptError(
                f"'{memo}' is not in your journal; keep it first: sottovoce analyze MEMO --save"
            ) from missing

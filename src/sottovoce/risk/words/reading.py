"""Transcripts as programs write them: txt, srt, vtt, json, and the tables of DAIC-WOZ."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sottovoce.risk.corpora.tables import number, read_rows, read_text
from sottovoce.risk.words.transcript import Line, Span, Transcript, TranscriptError, typed, whole
from sottovoce.training.errors import CorpusError

ARROW = "-->"
TAG = re.compile(r"<[^>]*>")
SYNC = re.compile(r"^[<\[]?\s*sync", re.IGNORECASE)
INTERVIEWERS = ("ellie", "interviewer")
WHAT = "txt, srt, vtt, json, or the csv of an interview"


def read_transcript(file: Path) -> Transcript:
    """What was said, from a file; its kind is told by its ending.

    UTF-8, UTF-16 and Windows-1252 are read, and tables by any of the usual separators.

    Raises
    ------
    TranscriptError
        The file is of no known kind, cannot be read, or holds no words.
    """
    reader = READERS.get(file.suffix.lower())
    if reader is None:
        raise TranscriptError(f"'{file}' is no transcript that is known: {WHAT}")
    try:
        return reader(file)
    except CorpusError as trouble:
        raise TranscriptError(str(trouble)) from trouble


def _read_plain(file: Path) -> Transcript:
    return whole(typed_lines(read_text(file)), f"'{file}'")


def typed_lines(text: str) -> list[Line]:
    """Lines without times; none where there are no words."""
    return list(typed(text).lines) if text.strip() else []


def _read_captions(file: Path) -> Transcript:
    """SubRip and WebVTT: blocks of times and text, with an empty line between them."""
    text = "\n".join(read_text(file).splitlines())
    blocks = [block.split("\n") for block in re.split(r"\n{2,}", text) if ARROW in block]
    if not blocks:
        raise TranscriptError(f"'{file}' holds no times ('{ARROW}'); is it a .txt?")
    return whole([_caption(block, file) for block in blocks], f"'{file}'")


def _caption(block: list[str], file: Path) -> Line:
    place = next(number for number, line in enumerate(block) if ARROW in line)
    start, _, end = block[place].partition(ARROW)
    said = " ".join(line.strip() for line in block[place + 1 :])
    return Line(TAG.sub("", said).strip(), (_clock_s(start, file), _clock_s(end, file)))


def _clock_s(words: str, file: Path) -> float:
    """Seconds from ``00:01:02,500`` or ``01:02.500``; what stands behind it is where to show it."""
    parts = (words.split() or [""])[0].replace(",", ".").split(":")
    if not 2 <= len(parts) <= 3:
        raise TranscriptError(f"'{file}' has '{words.strip()}' where a time should be")
    values = [number(part, "a time", file) for part in parts]
    return float(sum(value * 60**power for power, value in enumerate(reversed(values))))


def _read_json(file: Path) -> Transcript:
    """Whisper's JSON, or a list of such lines: ``text``, ``start``, ``end``, ``words``."""
    try:
        found = json.loads(read_text(file))
        lines = list(_json_lines(found))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as trouble:
        raise TranscriptError(
            f"'{file}' is no transcript in JSON: lines with text, start and end are needed"
        ) from trouble
    return whole(lines, f"'{file}'")


def to_json(transcript: Transcript) -> str:
    """The same as a file of JSON holds it; ``read_transcript`` reads it again."""
    lines = [
        {
            "text": line.text,
            **_span_to_json(line.span_s),
            "words": [_span_to_json(span) for span in line.word_spans_s],
        }
        for line in transcript.lines
    ]
    return json.dumps({"segments": lines}, ensure_ascii=False)


def _span_to_json(span_s: Span | None) -> dict[str, float]:
    return {"start": span_s[0], "end": span_s[1]} if span_s else {}


def _json_lines(found: Any) -> Iterator[Line]:
    if isinstance(found, Mapping) and "segments" not in found:
        yield from typed_lines(found["text"])
        return
    for one in found["segments"] if isinstance(found, Mapping) else found:
        words = tuple(span for word in one.get("words") or () if (span := _json_span(word)))
        who = str(one.get("speaker", "")).lower()
        yield Line(str(one["text"]).strip(), _json_span(one), words, who in INTERVIEWERS)


def _json_span(one: Mapping[str, Any]) -> Span | None:
    start_s, end_s = one.get("start", one.get("start_s")), one.get("end", one.get("end_s"))
    return None if start_s is None or end_s is None else (float(start_s), float(end_s))


def _read_interview(file: Path) -> Transcript:
    """DAIC-WOZ (start_time, stop_time, speaker, value) or E-DAIC (start_time, end_time, text)."""
    rows = read_rows(file, ["start_time"])
    lines = []
    for row in rows:
        text = row.get("value") or row.get("text") or ""
        start_s = number(row["start_time"], "start time", file)
        end_s = number(row.get("stop_time") or row.get("end_time", ""), "stop time", file)
        if not SYNC.search(text):
            asked = row.get("speaker", "").lower() in INTERVIEWERS
            lines.append(Line(text, (start_s, end_s), interviewer=asked))
    return whole(lines, f"'{file}'")


READERS: Mapping[str, Callable[[Path], Transcript]] = {
    ".txt": _read_plain,
    ".srt": _read_captions,
    ".vtt": _read_captions,
    ".json": _read_json,
    ".csv": _read_interview,
    ".tsv": _read_interview,
}

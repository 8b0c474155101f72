"""An Analysis in words and bars, for a terminal: the table behind each bar is printed with it."""

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sottovoce.domain import UNNAMED, Analysis, Emotion, FeatureTable, Index

BAR_CELLS = 20
SHOWN_SHARE = 0.005
LABEL_STYLES = {
    "angry": "red",
    "calm": "green",
    "disgust": "yellow4",
    "fearful": "magenta",
    "happy": "yellow",
    "neutral": "grey62",
    "sad": "blue",
    "surprised": "cyan",
}
NOTE = "* Experimental. All of it is how a voice sounds to a model of acted speech: no diagnosis."


def summary(analysis: Analysis) -> RenderableType:
    """Everything a person wants to know about one memo."""
    parts: list[RenderableType] = [heading(analysis)]
    parts += [Padding(Text(doubt, style="yellow"), (0, 0, 0, 2)) for doubt in doubts(analysis)]
    if analysis.emotion and analysis.stress and analysis.anxiety and analysis.low_mood:
        parts += [
            Padding(emotion_table(analysis.emotion), (1, 0, 0, 2)),
            Padding(dimension_table(analysis.emotion), (1, 0, 0, 2)),
            Padding(index_table(analysis), (1, 0, 0, 2)),
            Padding(timeline_table(analysis), (1, 0, 0, 2)),
        ]
    parts.append(Padding(biomarker_table(analysis), (1, 0, 0, 2)))
    if analysis.features:
        parts.append(Padding(feature_table(analysis.features), (1, 0, 0, 2)))
    parts += [Text(f"\n  {NOTE}\n", style="dim")]
    return Group(*parts)


def heading(analysis: Analysis) -> Text:
    """The name, the one-line answer, and what it stands on."""
    line = Text(f"{analysis.source}\n", style="bold")
    line.append(f"  {answer(analysis)}", style="default")
    quality = analysis.quality
    noise = "" if quality.snr_db is None else f", SNR {quality.snr_db:.0f} dB"
    line.append(
        f"\n  {analysis.duration_s:.1f} s, {quality.speech_s:.1f} s of speech{noise}, "
        f"recording {quality.verdict}",
        style="dim",
    )
    return line


def answer(analysis: Analysis) -> str:
    """How the voice sounded, in one line; against its own normal where that is known."""
    emotion = analysis.emotion
    if emotion is None:
        return "There was too little to hear how the voice sounded."
    if not emotion.calibrated:
        return uncalibrated(emotion)
    sure = f"({emotion.confidence:.0%})"
    return f"Your voice sounded mostly {emotion.label} {sure}{absolutely(analysis)}."


def doubts(analysis: Analysis) -> list[str]:
    """Why the answer is not clear, then what else lowers the trust in the recording."""
    certainty = analysis.certainty
    if certainty is None or certainty.clear:
        return list(analysis.reasons)
    others = [reason for reason in analysis.reasons if reason not in certainty.reasons]
    return [f"Uncertain: {'; '.join(certainty.reasons)}.", *others]


def uncalibrated(emotion: Emotion) -> str:
    """The answer of a model whose figures are no confidence.

    >>> from sottovoce.domain import ModelId
    >>> uncalibrated(Emotion({"sad": 0.75, "calm": 0.25}, ModelId("m", "0"), calibrated=False))
    'Your voice sounded mostly sad.'
    """
    if emotion.label != UNNAMED:
        return f"Your voice sounded mostly {emotion.label}."
    return (
        f"Your voice sounded of arousal {emotion.arousal:+.2f}, valence {emotion.valence:+.2f}, "
        f"dominance {emotion.dominance:+.2f} (each about -1 to 1)."
    )


def absolutely(analysis: Analysis) -> str:
    """What stands beside the answer when it is given against a baseline."""
    if analysis.absolute is None or analysis.baseline_memos is None:
        return ""
    emotion = analysis.absolute.emotion
    memos = f"{analysis.baseline_memos} memo{'s' if analysis.baseline_memos > 1 else ''}"
    return (
        f" against your own normal ({memos}); without it {emotion.label} ({emotion.confidence:.0%})"
    )


def dimension_table(emotion: Emotion) -> Table:
    """Arousal and valence, -1 to 1, where the model gives them."""
    table = plain_table()
    named = {
        "arousal": (emotion.arousal, emotion.arousal_sd),
        "valence": (emotion.valence, emotion.valence_sd),
    }
    for name, (value, deviation) in named.items():
        if value is not None:
            spread = "" if deviation is None else f" ± {deviation:.2f}"
            table.add_row(name, f"{value:+.2f}{spread}", Text("from -1 to 1", style="dim"))
    return table


def emotion_table(emotion: Emotion) -> Table:
    """Each label's probability, the likeliest first."""
    table = plain_table()
    for label, share in sorted(emotion.probabilities.items(), key=lambda item: -item[1]):
        table.add_row(label, bar(share, LABEL_STYLES.get(label, "default")), f"{share:.0%}")
    return table


def index_table(analysis: Analysis) -> Table:
    """The stress index and the markers, each with its interval and what made it."""
    table = plain_table()
    named = {
        "stress index": analysis.stress,
        "anxiety marker*": analysis.anxiety,
        "low-mood marker*": analysis.low_mood,
    }
    for name, index in named.items():
        if index:
            span = f"{index.value:.2f} ({index.low:.2f} to {index.high:.2f})"
            table.add_row(name, bar(index.value, "default"), span)
            table.add_row("", "", Text(reasons(index), style="dim"))
    return table


def reasons(index: Index) -> str:
    """The three largest contributions, signed, those that round to nothing left out.

    >>> reasons(Index(0.5, 0.3, 0.7, {"sad": 0.2, "angry": 0.35, "happy": -0.05}, "m"))
    'angry +0.35, sad +0.20, happy -0.05'
    """
    largest = sorted(index.contributions.items(), key=lambda item: -abs(item[1]))[:3]
    shown = [f"{name} {share:+.2f}" for name, share in largest if abs(share) >= SHOWN_SHARE]
    return ", ".join(shown) or "nothing stood out"


def timeline_table(analysis: Analysis) -> Table:
    """Window by window: when, what it sounded like, how stressed."""
    table = plain_table()
    for heard in analysis.segments:
        label, share = max(heard.emotions.items(), key=lambda item: item[1])
        style = LABEL_STYLES.get(label, "default")
        when = f"{clock(heard.segment.start_s)} to {clock(heard.segment.end_s)}"
        table.add_row(
            when, Text(f"■ {label}", style=style), f"{share:.0%}", f"stress {heard.stress:.2f}"
        )
    return table


def biomarker_table(analysis: Analysis) -> Table:
    """Measures in two columns; a dash where a measure could not be taken."""
    table = plain_table()
    cells = [
        (name, "–" if value is None else f"{value:.4g}")
        for name, value in analysis.biomarkers.as_dict().items()
    ]
    half = (len(cells) + 1) // 2
    for left, right in zip(cells[:half], [*cells[half:], ("", "")], strict=False):
        table.add_row(*left, *right)
    return table


def feature_table(features: FeatureTable) -> Table:
    """Every feature of a set with its value."""
    table = plain_table()
    table.add_row(Text(features.set_name, style="bold"), "")
    for name, value in features.values.items():
        table.add_row(name, f"{value:.6g}")
    return table


def plain_table() -> Table:
    """A grid without lines."""
    return Table.grid(padding=(0, 2, 0, 0))


def bar(share: float, style: str) -> Text:
    """A share of 0..1 as a bar of twenty cells.

    >>> bar(0.5, "red").plain
    '██████████          '
    """
    filled = round(share * BAR_CELLS)
    return Text("█" * filled + " " * (BAR_CELLS - filled), style=style)


def clock(time_s: float) -> str:
    """Minutes and seconds.

    >>> clock(75.25)
    '1:15.2'
    """
    return f"{int(time_s // 60)}:{time_s % 60:04.1f}"

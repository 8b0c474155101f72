"""Every sentence that insights and alerts say, in one catalogue that is read as a whole.

House rules, held by a test over all of it: a voice sounded some way, the person *is* nothing; no
illness, no judgement, no command to seek treatment; every claim with its count and its doubt.

>>> say("warm_up", day=4, days=14, entries=6, wanted=10)
'Learning your usual: day 4 of 14, 6 of 10 usable entries. Nothing is judged before that.'
"""

from collections.abc import Mapping

from sottovoce.entries import EMOTION

CATALOGUE: Mapping[str, str] = {
    "empty": "No usable entries yet. Save one with: sottovoce analyze --save memo.m4a",
    "warm_up": (
        "Learning your usual: day {day} of {days}, {entries} of {wanted} usable entries. "
        "Nothing is judged before that."
    ),
    "usual": (
        "Your usual {name} is {value} (90 %: {low} to {high}), from {n_days} days with "
        "{n_entries} entries. Nine days in ten lie between {band_low} and {band_high}."
    ),
    "anchored": (
        "In your first {days} days it was {value} (90 %: {low} to {high}, {n_days} days with "
        "entries); that does not move."
    ),
    "trend_same": (
        "Over {weeks} weeks, about the same: {slope} a week (90 %: {low} to {high}; {n_days} days "
        "with entries). Changes under {detectable} are within your own repeatability."
    ),
    "trend_moved": (
        "Over {weeks} weeks your voice sounded {way}: {name} {slope} a week (90 %: {low} to "
        "{high}; {n_days} days with entries). Changes under {detectable} would be within your own "
        "repeatability."
    ),
    "trend_none": "Too few days with entries to say whether it rises or falls.",
    "change_none": (
        "No shift of your level in the last 30 days stands out (probability of one {probability})."
    ),
    "change": (
        "Your voice may have sounded {way} since about {since} (between {since_low} and "
        "{since_high}): {name} {after} against {before} before, from {n_after} and {n_before} "
        "days. Probability of a shift: {probability}; even odds were assumed beforehand."
    ),
    "patterns_none": (
        "Nothing stands out by weekday or hour: over {n_days} days, chance does as much in "
        "{chance} of journals (after looking at {looks})."
    ),
    "pattern": (
        "On {when} your voice sounded {way}: {name} {difference} (n = {n_entries} entries on "
        "{n_days} days). Chance alone does as much in {chance} of journals, after looking at "
        "{looks}."
    ),
    "patterns_early": "Weekdays and hours are compared from 28 days with entries on.",
    "tag": (
        "With '{tag}' your voice sounded {way}: {name} {difference} (n = {n_entries} entries on "
        "{n_days} days; chance does as much in {chance} of journals). Which leads to which, this "
        "cannot say."
    ),
    "agreement_early": (
        "Too few self-reports to say whether the {name} agrees with how you said you felt "
        "(n = {n_reports} on {n_days} days; at least 30 on 14 days are needed)."
    ),
    "agreement": (
        "The {name} pointed the same way as your own reports in {share} of comparisons (90 %: "
        "{low} to {high}; 50 % is chance; n = {n_reports} reports on {n_days} days)."
    ),
    "agreement_chance": (
        "For you the {name} does no better than chance: it pointed the same way as your own "
        "reports in {share} of comparisons (90 %: {low} to {high}; 50 % is chance; n = {n_reports} "
        "reports on {n_days} days). It steps back: trust your own reports."
    ),
    "recalibration": (
        "Learnt from your {n_reports} reports: beside a {name} of {value} you mostly report "
        "{expected} of 7 (90 %: {low} to {high}). On days it had not seen, this was {gain} nearer "
        "than your mean report."
    ),
    "alert_rising_stress": (
        "Your voice sounded tenser than usual since about {since}: stress index {level} against "
        "{usual} before."
    ),
    "alert_rising_stress_reason": (
        "Rule rising_stress: {n_days} days since then against {n_before} days before; probability "
        "of a shift {probability}, even odds assumed beforehand."
    ),
    "alert_outside_band_above": "Your voice sounded tenser than usual three days running.",
    "alert_outside_band_below": "Your voice sounded calmer than usual three days running.",
    "alert_outside_band_reason": (
        "Rule outside_band: stress index {level} in the mean of {n_days} days; nine of ten of your "
        "days lie between {low} and {high} (from {n_before} days)."
    ),
    "alert_flat_voice": "Your voice sounded flatter than usual this week.",
    "alert_flat_voice_reason": (
        "Rule flat_voice: pitch range {pitch_range_semitones} semitones against "
        "{usual_pitch_range_semitones}, pauses of {pause_mean_s} s against {usual_pause_mean_s} s "
        "({n_days} days against {n_before} before)."
    ),
    "alert_doubt": (
        "A voice in which nothing has changed sets off an alert now and then, by chance alone. A "
        "cold, a new microphone or a noisy room can do it too."
    ),
    "alert_mute": "Mute this rule: sottovoce alerts mute {rule}",
    "alerts_off": "No alert is on. Turn one on with: sottovoce alerts enable {rule}",
    "alerts_none": "Nothing to tell.",
    "help": "Need to talk to someone now? {lines}",
    "trial_title": "A message from Sottovoce, to see whether it arrives.",
    "trial_body": "You asked for it in the settings. Alerts come the same way.",
    "notice": "About how a voice sounded, to a model of acted speech. No medical device.",
    "rule_rising_stress": "the stress index has risen within the last 30 days and stayed there",
    "rule_outside_band": "three days running outside your own band",
    "rule_flat_voice": "a week with less melody and longer pauses than usual",
    "higher_stress": "tenser",
    "lower_stress": "calmer",
    "higher_anxiety": "more on edge",
    "lower_anxiety": "less on edge",
    "higher_low_mood": "heavier",
    "lower_low_mood": "lighter",
    "higher": "different",
    "lower": "different",
    "name_stress": "stress index",
    "name_anxiety": "anxiety marker (experimental)",
    "name_low_mood": "low-mood marker (experimental)",
    "name_emotion": "share that sounded {label}",
}


def say(key: str, **figures: object) -> str:
    """A sentence of the catalogue with its figures; KeyError if either is missing."""
    return CATALOGUE[key].format(**figures)


def name_of(measure: str) -> str:
    """What a measure is called in a sentence.

    >>> name_of("stress"), name_of("pause_mean_s")
    ('stress index', 'pause_mean_s')
    >>> name_of("emotion_sad")
    'share that sounded sad'
    """
    label = measure.removeprefix(EMOTION)
    if label != measure:
        return say("name_emotion", label=label)
    return CATALOGUE.get(f"name_{measure}", measure)


def way_of(measure: str, difference: float) -> str:
    """How a voice sounded when a measure lay higher or lower.

    >>> way_of("stress", -0.1), way_of("jitter_ratio", 0.1)
    ('calmer', 'different')
    """
    side = "higher" if difference > 0 else "lower"
    return CATALOGUE.get(f"{side}_{measure}", CATALOGUE[side])

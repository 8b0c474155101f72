/** What a report tells, in sentences of the chosen language. */
import { LIKELY_NOT_CHANCE, shift, type Agreement, type Finding, type Patterns, type Report } from "./insights";
import { day, figure, percent, signed, weekday } from "./numbers";
import { t } from "./words.svelte";

export function told(report: Report, language: string): string[] {
  return [usual(report, language), trend(report, language), change(report, language), ...tags(report, language)].filter(Boolean);
}

function usual({ recent }: Report, language: string): string {
  if (!recent) return "";
  const { low, high } = recent.centre_interval;
  return t("trends.usual", {
    value: figure(recent.value, language), low: figure(low, language), high: figure(high, language),
    days: recent.n_days, entries: recent.n_entries,
  });
}

function trend({ trend: found }: Report, language: string): string {
  if (!found) return t("trends.early");
  const key = found.verdict === "rising" ? "trends.rising" : found.verdict === "falling" ? "trends.falling" : "trends.same";
  return t(key, {
    slope: signed(found.slope_per_week, language), low: signed(found.interval.low, language), high: signed(found.interval.high, language),
  });
}

function change(report: Report, language: string): string {
  const found = shift(report);
  if (!found) return report.change ? t("trends.nochange") : "";
  return t("trends.change", {
    since: day(found.since, language), low: day(found.since_low, language), high: day(found.since_high, language),
    after: figure(found.after, language), before: figure(found.before, language), p: percent(found.p_up + found.p_down, language),
  });
}

/** How an index agrees with what was said; before there is enough of it, that it is too early. */
export function toldAgreement({ concordance, interval, standing }: Agreement, language: string): string {
  if (concordance === null || !interval || standing === "too early") return t("trends.unheard");
  const [share, low, high] = [concordance, interval.low, interval.high].map((one) => percent(one, language));
  return t(standing === "agrees" ? "trends.agrees" : "trends.chance", { share: share ?? "", low: low ?? "", high: high ?? "" });
}

function tags(report: Report, language: string): string[] {
  return report.tags
    .filter((one) => one.chance <= LIKELY_NOT_CHANCE)
    .map((one) => t("trends.tag", { tag: one.tag, difference: signed(one.difference, language), n: one.n_entries, chance: percentOfChance(one.chance, language) }));
}

const percentOfChance = (chance: number, language: string): string =>
  chance.toLocaleString(language, { style: "percent", maximumFractionDigits: 1 });

/** The strongest of what stands out by weekday and hour, or that nothing does. */
export function toldHours({ findings }: Patterns, limit: number, language: string): string {
  const [best] = findings.filter((one) => one.chance <= limit).sort((one, other) => one.chance - other.chance);
  if (!best) return t("trends.hours.nothing");
  return t("trends.hours.found", {
    when: when(best, language), difference: signed(best.difference, language), n: best.n_entries, chance: percentOfChance(best.chance, language),
  });
}

function when({ kind, weekday: number, hour }: Finding, language: string): string {
  if (kind === "weekend") return t("trends.weekend");
  const named = number === null ? "" : weekday(number, language, "long");
  const hours = hour === null ? "" : `${hour}:00–${(hour + (kind === "hour of weekday" ? 1 : 4)) % 24}:00`;
  return [named, hours].filter(Boolean).join(" ");
}

/** What a report on a measure holds, as the service describes it, and what follows from it. */
import type { components } from "./schema";

type Schemas = components["schemas"];
export type Report = Schemas["TrendsAnswer"];
export type Interval = Schemas["Interval"];
export type Usual = Schemas["Usual"];
export type Level = Schemas["Level"];
export type Felt = Schemas["Felt"];
export type Change = Schemas["Change"];
export type Cell = Schemas["Cell"];
export type Finding = Schemas["Finding"];
export type Patterns = Schemas["Patterns"];
export type Agreement = Schemas["Agreement"];

export const LEARN_DAYS = 14;
export const LEARN_ENTRIES = 10;
export const TOLD_FROM = 0.42;
export const LIKELY_NOT_CHANCE = 0.05;
export const LEAST_CELL = 3;

export type PlaceInBand = "over" | "under" | "inside" | "noband";

/** Where a value lies against the band of nine days in ten. */
export function placeOf(value: number, usual: { band: Interval } | null): PlaceInBand {
  if (!usual) return "noband";
  if (value > usual.band.high) return "over";
  return value < usual.band.low ? "under" : "inside";
}

/** Whether your usual is known: 14 days with 10 usable entries. */
export const learnt = (report: Report): boolean =>
  report.warm_up.day >= LEARN_DAYS && report.warm_up.entries >= LEARN_ENTRIES;

/** The newest day with a value. */
export const lastDay = (report: Report): Level | undefined => report.days.findLast((one) => one.value !== null);

/** A shift that is worth telling. */
export const shift = (report: Report): Change | null => {
  const found = report.change;
  return found && found.p_up + found.p_down >= TOLD_FROM ? found : null;
};

/** Whether an index has shown that it knows no more than chance how you feel: then it steps back. */
export const stepsBack = (report: Report): boolean => report.agreement?.standing === "no better than chance";

const DAY_MS = 86_400_000;
const instant = (iso: string): number => Date.parse(`${iso}T00:00:00Z`);

/** What was felt in the days that each level stands for, from its first day to that of the next. */
export function feltIn(levels: Level[], felt: Felt[], days: number): (number | null)[] {
  const sums = new Map<number, [sum: number, n: number]>();
  const first = levels[0] ? instant(levels[0].first_day) : 0;
  for (const { first_day, valence, n_reports } of felt) {
    const place = Math.floor((instant(first_day) - first) / DAY_MS / days);
    const [sum, n] = sums.get(place) ?? [0, 0];
    sums.set(place, [sum + valence * n_reports, n + n_reports]);
  }
  return levels.map((_level, place) => {
    const found = sums.get(place);
    return found ? found[0] / found[1] : null;
  });
}

/** The week of a Monday by ISO 8601: that which holds the year's first Thursday is the first. */
export function isoWeek(monday: string): { year: number; week: number } {
  const thursday = new Date(instant(monday) + 3 * DAY_MS);
  const year = thursday.getUTCFullYear();
  return { year, week: 1 + Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / DAY_MS / 7) };
}

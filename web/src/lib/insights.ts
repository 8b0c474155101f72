/** The parts of a report on a measure; tests/server holds their shape. */

export interface Interval { low: number; high: number }
export interface Usual {
  value: number;
  n_days: number;
  n_entries: number;
  centre_interval: Interval;
  band: Interval;
}
export interface Level { first_day: string; value: number | null; n_days: number; n_entries: number }
export interface Trend { slope_per_week: number; interval: Interval; verdict: string }
export interface Change {
  p_up: number; p_down: number; since: string; since_low: string; since_high: string; before: number; after: number;
}
export interface Cell { weekday: number; hour: number; value: number; n_entries: number }
export interface Finding {
  kind: string; weekday: number | null; hour: number | null; difference: number; n_entries: number; chance: number;
}
export interface Patterns { cells: Cell[]; findings: Finding[] }
export interface TagFinding { tag: string; difference: number; n_entries: number; chance: number }
export interface Agreement { concordance: number; interval: Interval; standing: string }
export interface Report {
  measure: string;
  today: string;
  warm_up: { day: number; entries: number };
  recent: Usual | null;
  days: Level[];
  weeks: Level[];
  trend: Trend | null;
  change: Change | null;
  patterns: Patterns | null;
  tags: TagFinding[];
  agreement: Agreement | null;
}

export const LEARN_DAYS = 14;
export const LEARN_ENTRIES = 10;
export const TOLD_FROM = 0.42;
export const LIKELY_NOT_CHANCE = 0.05;
export const LEAST_CELL = 3;

export type PlaceInBand = "over" | "under" | "inside" | "noband";

/** Where a value lies against the band of nine days in ten. */
export function placeOf(value: number, usual: Usual | null): PlaceInBand {
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

/** What made an index, the largest first; and measures against the band that is usual. */
import type { Interval, Usual } from "./insights";

export type Contributor = readonly [name: string, share: number];

/** The named contributors of an index, the largest first, none that rounds to nothing. */
export function contributors(shares: Record<string, number>, least = 0.005): Contributor[] {
  return Object.entries(shares)
    .filter(([, share]) => Math.abs(share) >= least)
    .sort(([, one], [, other]) => Math.abs(other) - Math.abs(one));
}

export type Side = "higher" | "lower" | "inside" | "";

/** Where a measure lies; empty where your usual is not known. */
export function sideOf(value: number | null, usual: { band: Interval } | null | undefined): Side {
  if (value === null || !usual) return "";
  if (value > usual.band.high) return "higher";
  return value < usual.band.low ? "lower" : "inside";
}

/** A measure of a memo beside what was usual. */
export interface Against {
  name: string;
  value: number | null;
  usual: Usual | null;
}

/** Every measure beside its usual, those furthest outside their band first. */
export function against(measures: Record<string, number | null>, usuals: Record<string, Usual | null>): Against[] {
  const rows = Object.entries(measures).map(([name, value]) => ({ name, value, usual: usuals[name] ?? null }));
  return rows.sort((one, other) => outside(other) - outside(one));
}

/** How far outside its band a measure lies, in widths of the band; none inside. */
function outside({ value, usual }: Against): number {
  if (value === null || !usual) return -1;
  const { low, high } = usual.band;
  return Math.max(low - value, value - high, 0) / (high - low || 1);
}

/** What made an index, the largest first; and measures against the band that is usual. */
import type { Interval } from "./insights";

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

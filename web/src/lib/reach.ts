/** How far a scale goes. */
import type { Interval } from "./insights";

const ROOM = 0.08;

/** The values and the whole band, with some room. */
export function reach(low: number | null, high: number | null, usual: { band: Interval } | null): [number, number] {
  const least = Math.min(low ?? Infinity, usual?.band.low ?? Infinity);
  const most = Math.max(high ?? -Infinity, usual?.band.high ?? -Infinity);
  if (!Number.isFinite(least) || !Number.isFinite(most)) return [0, 1];
  const room = (most - least || 1) * ROOM;
  return [least - room, most + room];
}

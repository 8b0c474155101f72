/** A device that slept, or a clock that was set: time passed in which no sound came. */
export const ASLEEP_MS = 5_000;

/** How much time is missing between two pieces of sound, in milliseconds; 0 where none is. */
export function missingMs(beforeMs: number | null, nowMs: number): number {
  const gap = beforeMs === null ? 0 : nowMs - beforeMs;
  return gap >= ASLEEP_MS ? gap : 0;
}

/** How far this device's clock is from the service's. */
const FAR_MS = 120_000;

/** The difference where it is more than a delay on the way, in milliseconds; 0 where it is not, or nobody answers. */
export function farMs(serviceDate: string | null, nowMs: number): number {
  const there = Date.parse(serviceDate ?? "");
  return Math.abs(there - nowMs) > FAR_MS ? there - nowMs : 0;
}

export async function skewMs(): Promise<number> {
  try {
    const answer = await fetch("/healthz", { signal: AbortSignal.timeout(2000) });
    return farMs(answer.headers.get("date"), Date.now());
  } catch {
    return 0;
  }
}

/** One recording at a time, in all tabs of this browser. */
const NAME = "sottovoce-recording";

/** Take the lock; what lets it go, or null where another tab has it. */
export function hold(): Promise<(() => void) | null> {
  return new Promise((resolve) => {
    void navigator.locks.request(NAME, { ifAvailable: true }, (lock) => {
      if (!lock) return resolve(null);
      return new Promise<void>((release) => resolve(() => release()));
    });
  });
}

/** Whether any tab has it. */
export async function held(): Promise<boolean> {
  const { held: locks } = await navigator.locks.query();
  return (locks ?? []).some((lock) => lock.name === NAME);
}

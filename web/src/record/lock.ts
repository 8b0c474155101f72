/** One recording at a time, in all tabs of this browser. */
const NAME = "sottovoce-recording";

export class Lock {
  #release: (() => void) | null = null;

  /** Whether it is ours now; false where another tab has it. */
  async take(): Promise<boolean> {
    this.#release ??= await asked();
    return this.#release !== null;
  }

  free(): void {
    this.#release?.();
    this.#release = null;
  }
}

/** What lets the lock go, or null where another tab has it. */
function asked(): Promise<(() => void) | null> {
  return new Promise((resolve) => {
    void navigator.locks.request(NAME, { ifAvailable: true }, (lock) => {
      if (!lock) return resolve(null);
      return new Promise<void>((release) => resolve(() => release()));
    });
  });
}

/** Settled once no tab has it. */
export const freed = (): Promise<void> => navigator.locks.request(NAME, { mode: "shared" }, () => undefined);

/** Whether any tab has it. */
export async function held(): Promise<boolean> {
  const { held: locks } = await navigator.locks.query();
  return (locks ?? []).some((lock) => lock.name === NAME);
}

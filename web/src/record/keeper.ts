/** Writes a tape to this browser's shelf as it grows, one piece after another. */
import { RATE_HZ } from "./pcm";
import { shelf } from "./shelf";
import type { Tape } from "./tape";

const EACH_SAMPLES = RATE_HZ;

export class Keeper {
  #asked: number;
  #written: number;
  #writing = Promise.resolve();

  /** `written`: how many samples of the tape are on the shelf already. */
  constructor(
    readonly tape: Tape,
    readonly told: (kept: boolean) => void,
    written = 0,
  ) {
    this.#asked = this.#written = written;
  }

  /** Write, if there is a second of it. */
  follow(): void {
    if (this.tape.samples - this.#asked >= EACH_SAMPLES) void this.write();
  }

  /** Write all that is there. */
  write(): Promise<void> {
    this.#asked = this.tape.samples;
    this.#writing = this.#writing.then(() => this.#put());
    return this.#writing;
  }

  async forget(): Promise<void> {
    await this.#writing;
    await shelf.forget(this.tape.label.id).catch(() => this.told(false));
  }

  async #put(): Promise<void> {
    try {
      this.#written = await shelf.put(this.tape, this.#written);
      this.told(true);
    } catch {
      this.told(false);
    }
  }
}

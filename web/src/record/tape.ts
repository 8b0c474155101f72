/** A recording as it grows, kept in pieces. */
import { joined, RATE_HZ, wavHeader } from "./pcm";

export interface Label {
  id: string;
  /** Who recorded it: others who use this browser are not shown it. */
  whose: string;
  /** By the service's clock where that is known. */
  startedAt: string;
  zone: string;
}

export class Tape {
  samples = 0;
  #pieces: Int16Array<ArrayBuffer>[] = [];
  #starts: number[] = [];

  constructor(readonly label: Label) {}

  get seconds(): number {
    return this.samples / RATE_HZ;
  }

  add(piece: Int16Array<ArrayBuffer>): void {
    this.#pieces.push(piece);
    this.#starts.push(this.samples);
    this.samples += piece.length;
  }

  /** What follows that many samples, at most `most` of them. */
  after(sample: number, most: number): Int16Array<ArrayBuffer> {
    const first = this.#starts.findLastIndex((start) => start <= sample);
    const start = this.#starts[first];
    if (start === undefined || sample >= this.samples) return new Int16Array();
    const past = this.#starts.findIndex((one, index) => index > first && one >= sample + most);
    return joined(this.#pieces.slice(first, past < 0 ? undefined : past)).slice(sample - start, sample - start + most);
  }

  /** As a wav file. */
  wav(): File {
    const day = this.label.startedAt.slice(0, 16).replace(/[T:]/g, "-");
    return new File([wavHeader(this.samples), ...this.#pieces], `sottovoce-${day}.wav`, { type: "audio/wav" });
  }
}

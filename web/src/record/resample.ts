/** From a microphone's rate to another, piece by piece: a windowed sinc in as many phases as the rates need. */
const ZEROS = 32; // crossings of the sinc on each side: 80 dB down half a kilohertz past the edge
const EDGE = 0.92; // of the narrower band: what would fold back is gone at its end
const KAISER = 9;

/** The same numbers for any cutting into pieces. Sound comes out late by ZEROS periods of the slower rate. */
export class Resampler {
  readonly #up: number;
  readonly #down: number;
  readonly #half: number;
  readonly #phases: Float32Array[];
  #held: Float32Array;
  #at = 0; // of the next sample out, in held input samples times #up

  constructor(fromHz: number, toHz: number) {
    const shared = divisor(fromHz, toHz);
    [this.#up, this.#down] = [toHz / shared, fromHz / shared];
    const edge = EDGE * Math.min(1, toHz / fromHz);
    this.#half = Math.ceil(ZEROS / edge);
    this.#phases = Array.from({ length: this.#up }, (_, phase) => taps(phase / this.#up, edge, this.#half));
    this.#held = new Float32Array(this.#half - 1);
  }

  push(samples: Float32Array): Float32Array {
    const held = new Float32Array(this.#held.length + samples.length);
    held.set(this.#held);
    held.set(samples, this.#held.length);
    const last = held.length - 2 * this.#half;
    const made = new Float32Array(Math.max(0, Math.floor((this.#up * (last + 1) - 1 - this.#at) / this.#down) + 1));
    for (let index = 0; index < made.length; index += 1) {
      made[index] = this.#sum(held);
      this.#at += this.#down;
    }
    const past = Math.min(Math.floor(this.#at / this.#up), held.length);
    this.#at -= past * this.#up;
    this.#held = held.slice(past);
    return made;
  }

  #sum(held: Float32Array): number {
    const first = Math.floor(this.#at / this.#up);
    const phase = this.#phases[this.#at % this.#up] ?? new Float32Array();
    let sum = 0;
    for (let tap = 0; tap < phase.length; tap += 1) sum += (phase[tap] ?? 0) * (held[first + tap] ?? 0);
    return sum;
  }
}

function divisor(one: number, other: number): number {
  return other ? divisor(other, one % other) : one;
}

/** One phase: what each of the 2 x half samples around adds; together they add 1. */
function taps(offset: number, edge: number, half: number): Float32Array {
  const raw = Array.from({ length: 2 * half }, (_, index) => {
    const away = index - half + 1 - offset;
    return sinc(edge * away) * bessel(KAISER * Math.sqrt(Math.max(0, 1 - (away / half) ** 2)));
  });
  const sum = raw.reduce((one, other) => one + other, 0);
  return Float32Array.from(raw, (one) => one / sum);
}

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));

/** The modified Bessel function of the first kind, of order zero, by its series. */
function bessel(x: number): number {
  let [sum, term] = [1, 1];
  for (let k = 1; term > sum * 1e-12; k += 1) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

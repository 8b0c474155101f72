/** Runs beside the page, where sound comes in: to 16 kHz, to 16 bits, fifty milliseconds at a time. */
import { RATE_HZ, toPcm16 } from "./pcm";
import { Resampler } from "./resample";

declare const sampleRate: number;
declare class AudioWorkletProcessor { readonly port: MessagePort }
declare function registerProcessor(name: string, made: new () => AudioWorkletProcessor): void;

const PIECE = 0.05 * RATE_HZ;

class Tap extends AudioWorkletProcessor {
  #resampler = new Resampler(sampleRate, RATE_HZ);
  #piece = new Float32Array(PIECE);
  #filled = 0;

  process([input]: Float32Array[][]): boolean {
    const channel = input?.[0];
    if (channel) for (const sample of this.#resampler.push(channel)) this.#take(sample);
    return true;
  }

  #take(sample: number): void {
    this.#piece[this.#filled] = sample;
    this.#filled += 1;
    if (this.#filled < PIECE) return;
    this.#filled = 0;
    const pcm = toPcm16(this.#piece);
    this.port.postMessage({ pcm, atMs: Date.now() }, [pcm.buffer]);
  }
}

registerProcessor("tap", Tap);

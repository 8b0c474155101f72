/** Sound as the service takes it: 16-bit samples, mono, 16 kHz, the lower byte first as on every browser's machine. */
export const RATE_HZ = 16_000;
const SAMPLE_BYTES = 2;
const FULL_SCALE = 32_768;
const HEADER_BYTES = 44;

/** Samples in [-1, 1] as 16-bit ones; what is louder is cut off. */
export function toPcm16(samples: Float32Array): Int16Array<ArrayBuffer> {
  return Int16Array.from(samples, (one) => Math.max(-FULL_SCALE, Math.min(FULL_SCALE - 1, Math.round(one * FULL_SCALE))));
}

export function joined(pieces: readonly Int16Array[]): Int16Array<ArrayBuffer> {
  const whole = new Int16Array(pieces.reduce((sum, one) => sum + one.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** The 44 bytes before the samples of a wav file. */
export function wavHeader(samples: number): ArrayBuffer {
  const bytes = samples * SAMPLE_BYTES;
  const view = new DataView(new ArrayBuffer(HEADER_BYTES));
  const name = (at: number, letters: string): void => [...letters].forEach((one, index) => view.setUint8(at + index, one.charCodeAt(0)));
  const long = (at: number, value: number): void => view.setUint32(at, value, true);
  const short = (at: number, value: number): void => view.setUint16(at, value, true);
  name(0, "RIFF"); long(4, HEADER_BYTES - 8 + bytes); name(8, "WAVEfmt "); long(16, 16);
  short(20, 1); short(22, 1); long(24, RATE_HZ); long(28, RATE_HZ * SAMPLE_BYTES); short(32, SAMPLE_BYTES); short(34, 8 * SAMPLE_BYTES);
  name(36, "data"); long(40, bytes);
  return view.buffer;
}

import { describe, expect, it } from "vitest";
import { failureOf, unable } from "../src/record/failures";
import { LevelWords, peakDbfs } from "../src/record/level";
import { joined, RATE_HZ, toPcm16, wavHeader } from "../src/record/pcm";
import { Resampler } from "../src/record/resample";
import { missingMs } from "../src/record/sleep";
import { Tape } from "../src/record/tape";
import { timer } from "../src/record/time";
import { shareOf } from "../src/record/trace";
import { turned, TurnError } from "../src/record/turns";

const sine = (hz: number, rateHz: number, seconds: number): Float32Array =>
  Float32Array.from({ length: Math.round(rateHz * seconds) }, (_, index) => 0.5 * Math.sin((2 * Math.PI * hz * index) / rateHz));
const rms = (samples: Float32Array): number => Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / samples.length);
const ratioDb = (samples: Float32Array): number => 20 * Math.log10(rms(samples) / (0.5 / Math.SQRT2) + 1e-12);
const EDGE = 400;
const settled = (samples: Float32Array): Float32Array => samples.slice(EDGE, -EDGE);

describe.each([48_000, 44_100, 22_050, 16_000, 8_000])("a microphone at %d Hz", (fromHz) => {
  const through = (hz: number): Float32Array => settled(new Resampler(fromHz, RATE_HZ).push(sine(hz, fromHz, 0.5)));

  it("keeps a voice as loud as it was", () => {
    for (const hz of [100, 1000, 3400]) expect(Math.abs(ratioDb(through(hz)))).toBeLessThan(0.05);
  });
  it("keeps its pitch", () => {
    const made = through(440);
    const crossings = made.reduce((count, one, index) => count + (index > 0 && (made[index - 1] ?? 0) < 0 && one >= 0 ? 1 : 0), 0);
    expect(crossings / (made.length / RATE_HZ)).toBeCloseTo(440, -1);
  });
  it("gives the same for any cutting into pieces", () => {
    const sound = sine(440, fromHz, 0.2);
    const whole = new Resampler(fromHz, RATE_HZ).push(sound);
    const cut = new Resampler(fromHz, RATE_HZ);
    const pieces: number[] = [];
    for (let at = 0, length = 1; at < sound.length; at += length, length = (length * 7) % 257 || 1) pieces.push(...cut.push(sound.slice(at, at + length)));
    expect(pieces).toEqual([...whole]);
  });
  it("loses no time", () => {
    const made = new Resampler(fromHz, RATE_HZ).push(sine(440, fromHz, 1));
    expect(RATE_HZ - made.length).toBeLessThan(0.01 * RATE_HZ);
  });
});

it.each([48_000, 44_100])("what 16 kHz cannot hold is gone, not folded back, from %d Hz", (fromHz) => {
  for (const hz of [8_500, 10_000, 15_000]) {
    expect(ratioDb(settled(new Resampler(fromHz, RATE_HZ).push(sine(hz, fromHz, 0.5))))).toBeLessThan(-75);
  }
});

describe("pcm", () => {
  it("is sixteen bits, cut off where it is louder", () => {
    expect([...toPcm16(new Float32Array([0, 0.5, 1, 2, -1, -2]))]).toEqual([0, 16384, 32767, 32767, -32768, -32768]);
  });
  it("makes a wav file that others read", async () => {
    const view = new DataView(wavHeader(16_000));
    expect([view.byteLength, view.getUint32(4, true), view.getUint32(24, true), view.getUint32(28, true), view.getUint32(40, true)]).toEqual([44, 32_036, 16_000, 32_000, 32_000]);
    expect(new TextDecoder().decode(view.buffer.slice(0, 4))).toBe("RIFF");
  });
});

describe("a tape", () => {
  const label = { id: "a", startedAt: "2026-11-21T18:30:00.000Z", whose: "me", zone: "Europe/Berlin" };
  const tape = new Tape(label);
  const samples = Int16Array.from({ length: 2500 }, (_, index) => index);
  for (const [from, to] of [[0, 800], [800, 1600], [1600, 2500]]) tape.add(samples.slice(from, to));

  it("gives what follows any sample, a frame at a time", () => {
    for (const start of [0, 1, 799, 800, 801, 2499]) {
      const frames: Int16Array[] = [];
      for (let at = start, frame = tape.after(at, 700); frame.length; at += frame.length, frame = tape.after(at, 700)) frames.push(frame);
      expect([...joined(frames)]).toEqual([...samples.slice(start)]);
      expect(Math.max(...frames.map((one) => one.length))).toBeLessThanOrEqual(700);
    }
    expect(tape.after(2500, 700)).toHaveLength(0);
  });
  it("is a file with all of it", async () => {
    const file = tape.wav();
    expect(file.name).toBe("sottovoce-2026-11-21-18-30.wav");
    expect([...new Int16Array((await file.arrayBuffer()).slice(44))]).toEqual([...samples]);
  });
});

describe("the level in words", () => {
  const piece = (peak: number): Int16Array => Int16Array.from({ length: 800 }, (_, index) => (index % 2 ? peak : -peak));
  const after = (peaks: number[], recent = 1600): string => {
    const words = new LevelWords(recent);
    return peaks.map((peak) => words.hear(piece(peak))).at(-1) ?? "";
  };
  it("goes by the limits of the verdict", () => {
    expect([after([3000, 3000]), after([60, 60]), after([1, 1]), after([32_767, 3000])]).toEqual(["good", "quiet", "silent", "loud"]);
  });
  it("says nothing of a breath", () => expect([after([60]), after([3000, 60])]).toEqual(["good", "good"]));
  it("forgets what is long over", () => expect(after([32_767, 3000, 3000])).toBe("good"));
  it("measures against full scale", () => {
    expect(peakDbfs(piece(16_384))).toBeCloseTo(-6.02, 2);
    expect([peakDbfs(piece(0)), shareOf(3), shareOf(0), shareOf(-60), shareOf(-120)]).toEqual([-120, 1, 1, 0.1, 0.01]);
  });
});

describe("no microphone", () => {
  const page = { isSecureContext: true, navigator: { mediaDevices: {} }, AudioWorkletNode: {} };
  it("may be the page's fault", () => {
    expect(unable(page)).toBeNull();
    expect(unable({ ...page, isSecureContext: false, navigator: {} })).toBe("insecure");
    expect(unable({ ...page, navigator: {} })).toBe("unsupported");
  });
  it.each([
    ["NotAllowedError", "Permission denied", "denied", "refused"], // Chrome
    ["NotAllowedError", "Permission dismissed", "prompt", "refused"], // Chrome
    ["NotAllowedError", "Permission denied by system", "prompt", "system"], // Chrome on macOS
    ["NotAllowedError", "The request is not allowed by the user agent or the platform in the current context.", "granted", "system"], // Safari
    ["NotFoundError", "Requested device not found", "prompt", "none"],
    ["OverconstrainedError", "", "granted", "none"],
    ["NotReadableError", "Could not start audio source", "granted", "busy"],
    ["AbortError", "Starting audioinput failed", "granted", "busy"], // Firefox
    ["NotSupportedError", "", "unknown", "unsupported"],
  ] as const)("%s “%s” where it is %s is %s", (name, message, allowed, failure) => {
    expect(failureOf({ name, message }, allowed)).toBe(failure);
  });
});

describe("time", () => {
  it("is missing after a sleep, and not after a hiccup", () => {
    expect([missingMs(null, 9e9), missingMs(1000, 1050), missingMs(1000, 5000), missingMs(1000, 61_000), missingMs(1000, 0)]).toEqual([0, 0, 0, 60_000, 0]);
  });
  it("reads as on a clock", () => expect([timer(0), timer(67.9), timer(3661)]).toEqual(["0:00", "1:07", "1:01:01"]));
});

describe("a recording", () => {
  it("goes only where it can", () => {
    expect(turned("recording", "paused")).toBe("paused");
    expect(() => turned("idle", "recording")).toThrow(TurnError);
    expect(() => turned("review", "recording")).toThrow("after review comes idle, not recording");
  });
});

import { describe, expect, it } from "vitest";
import { captions, hasWords, saidIn, shown } from "../src/lib/said";

const SRT = "1\r\n00:00:00,500 --> 00:00:01,500\r\nIt was <i>long</i>\r\n\r\n2\r\n01:02:03,250 --> 01:02:04,000\r\nand I slept\r\nbadly.\r\n";
const VTT = "WEBVTT\n\nNOTE made by hand\n\n00:00.500 --> 00:01.500 align:start\n<v Ada>It was long\n\n00:03.000 --> 00:02.000\nbackwards\n\nx --> y\nno time\n";

describe("what was said", () => {
  it("comes with its times from captions", () => {
    expect(captions(SRT)).toEqual([
      { text: "It was long", start: 0.5, end: 1.5 },
      { text: "and I slept badly.", start: 3723.25, end: 3724 },
    ]);
    expect(saidIn("a.VTT", VTT)).toEqual({ segments: [{ text: "It was long", start: 0.5, end: 1.5 }] });
  });
  it("is plain text from any other file", () => expect(saidIn("a.txt", " It was --> long \n")).toEqual({ text: "It was --> long" }));
  it("may hold no words", () => {
    expect([saidIn("a.srt", "just words"), saidIn("a.txt", " \n")].map(hasWords)).toEqual([false, false]);
    expect([saidIn("a.srt", SRT), saidIn("a.txt", "yes")].map(hasWords)).toEqual([true, true]);
  });
  it("is shown with times only where each line has its own", () => {
    const line = { text: "Yes.", start: 1, end: 2 };
    expect(shown({ segments: [line] })).toEqual({ segments: [line] });
    expect(shown({ segments: [line, { text: "No." }] })).toEqual({ text: "Yes.\nNo." });
    expect(shown({ text: "Yes." })).toEqual({ text: "Yes." });
  });
});

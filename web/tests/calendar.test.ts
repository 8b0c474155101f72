import { describe, expect, it } from "vitest";
import { dayOf, endOf, moved, neighbour, weeksOf } from "../src/lib/calendar";
import { rowsOf, stretchAt, toldOf } from "../src/lib/lanes";

describe("a month", () => {
  it("is made of weeks from Monday", () => {
    const weeks = weeksOf("2026-03");
    expect(weeks).toHaveLength(6);
    expect(weeks[0]).toEqual(["", "", "", "", "", "", "2026-03-01"]);
    expect(weeks.flat().filter(Boolean)).toHaveLength(31);
    expect(weeksOf("2027-02")).toHaveLength(4);
  });
  it("leads over the new year", () => {
    expect([moved("2026-12", 1), moved("2027-01", -1), moved("2026-11", -11)]).toEqual(["2027-01", "2026-12", "2025-12"]);
    expect([endOf("2028-02"), endOf("2026-12")]).toEqual(["2028-02-29", "2026-12-31"]);
  });
  it("holds a memo on the day that its own wall showed", () => {
    expect(dayOf({ recorded_at: "2026-12-31T23:30:00Z", offset_min: 60 })).toBe("2027-01-01");
    expect(dayOf({ recorded_at: "2027-01-01T02:00:00Z", offset_min: -300 })).toBe("2026-12-31");
  });
  it("is walked from memo to memo", () => {
    const days = ["2026-11-02", "2026-11-03", "2026-11-11", "2026-11-30"];
    const to = (key: string): string | undefined => neighbour(days, "2026-11-03", key);
    expect([to("ArrowLeft"), to("ArrowRight"), to("ArrowUp"), to("ArrowDown")]).toEqual(["2026-11-02", "2026-11-11", "2026-11-02", "2026-11-11"]);
    expect([to("Home"), to("End"), neighbour(days, "2026-11-30", "ArrowRight")]).toEqual(["2026-11-02", "2026-11-30", undefined]);
  });
});

describe("stretches", () => {
  const some = [
    { start_s: 1, end_s: 4, stress: 0.2, emotions: { calm: 0.7, sad: 0.3 } },
    { start_s: 6, end_s: 9, stress: 0.6, emotions: { calm: 0.2, angry: 0.8 } },
  ];
  it("sounded most like one emotion", () => {
    expect(toldOf(some).map((one) => [one.emotion, one.share])).toEqual([["calm", 0.7], ["angry", 0.8]]);
    expect(rowsOf(toldOf(some))).toEqual(["angry", "calm"]);
  });
  it("are found by a moment, the nearer one between two", () => {
    expect([0, 2, 4.5, 5.5, 99].map((at) => stretchAt(some, at))).toEqual([0, 0, 0, 1, 1]);
    expect(stretchAt([], 1)).toBe(-1);
  });
});

import { describe, expect, it } from "vitest";
import { contributors, sideOf } from "../src/lib/contributors";
import { feltIn, isoWeek, lastDay, learnt, placeOf, shift, type Change, type Level, type Report } from "../src/lib/insights";
import { clock, day, daysLeft, figure, hundredths, percent, signed, wall, weekday } from "../src/lib/numbers";
import { short } from "../src/lib/plot";
import { reach } from "../src/lib/reach";

const usual = { value: 0.4, band: { low: 0.2, high: 0.6 } };

describe("figures", () => {
  it("show two digits that mean something", () => {
    expect([figure(0.65, "en"), figure(0.0771, "en"), figure(16.04, "en"), figure(165.2, "en"), figure(null, "en")]).toEqual(["0.65", "0.077", "16.0", "165", "–"]);
    expect(figure(-0.5, "de")).toBe("−0,50");
  });
  it("carry their sign", () => {
    expect([signed(-0.2, "en"), signed(0.2, "en"), hundredths(-0.0211, "en")]).toEqual(["−0.20", "+0.20", "−0.02"]);
  });
  it("are shares", () => expect(percent(0.774, "en")).toBe("77%"));
});

describe("days", () => {
  it("are moved by no time zone", () => expect(day("2026-01-01", "en-GB")).toBe("1 Jan 2026"));
  it("are told as the clock on the wall was", () => expect(wall("2026-03-29T00:30:00Z", 60, "en-GB")).toContain("01:30"));
  it("begin the week on Monday", () => expect([weekday(0, "en"), weekday(6, "en", "long")]).toEqual(["Mon", "Sunday"]));
  it("run out", () => {
    const gone = "2026-11-01T00:00:00Z";
    expect(daysLeft(gone, Date.parse("2026-11-21T12:00:00Z"))).toBe(10);
    expect(daysLeft(gone, Date.parse("2027-01-01T00:00:00Z"))).toBe(0);
  });
  it("tell seconds as a clock", () => expect(clock(75.25)).toBe("1:15.3"));
});

describe("the band", () => {
  it("places a value", () => {
    expect([placeOf(0.7, usual), placeOf(0.1, usual), placeOf(0.2, usual), placeOf(0.2, null)]).toEqual(["over", "under", "inside", "noband"]);
    expect([sideOf(0.7, usual), sideOf(null, usual), sideOf(0.7, undefined)]).toEqual(["higher", "", ""]);
  });
  it("is always in the picture", () => {
    const [low, high] = reach(0.3, 0.5, usual);
    expect(low).toBeLessThan(0.2);
    expect(high).toBeGreaterThan(0.6);
    expect(reach(null, null, null)).toEqual([0, 1]);
  });
});

describe("contributors", () => {
  it("come the largest first, and none that is nothing", () => {
    expect(contributors({ calm: 0.001, happy: -0.3, angry: 0.1 })).toEqual([["happy", -0.3], ["angry", 0.1]]);
  });
});

describe("a report", () => {
  const empty: Report = {
    measure: "stress", today: "2026-11-21", warm_up: { day: 14, entries: 10 }, recent: null, weeks: [], trend: null,
    change: null, patterns: null, tags: [], agreement: null, anchored: null, felt: [], recalibration: null, words: [],
    days: [{ first_day: "2026-11-20", value: 0.5, n_days: 1, n_entries: 1 }, { first_day: "2026-11-21", value: null, n_days: 0, n_entries: 0 }],
  };
  it("is learnt after 14 days with 10 memos", () => {
    expect(learnt(empty)).toBe(true);
    expect(learnt({ ...empty, warm_up: { day: 14, entries: 9 } })).toBe(false);
  });
  it("ends with the newest day that has a memo", () => expect(lastDay(empty)?.first_day).toBe("2026-11-20"));
  it("tells a shift from 42 % on", () => {
    const change: Change = {
      measure: "stress", p_up: 0.41, p_down: 0, since: "2026-11-01", since_low: "2026-10-30", since_high: "2026-11-03",
      before: 0.3, after: 0.4, size: 1, size_interval: { low: 0, high: 2 }, n_before: 40, n_after: 20,
    };
    expect(shift({ ...empty, change })).toBeNull();
    expect(shift({ ...empty, change: { ...change, p_down: 0.01 } })).not.toBeNull();
  });
});

describe("over a new year", () => {
  const at = (first_day: string): Level => ({ first_day, value: 0.3, n_days: 7, n_entries: 7 });

  it("a week belongs to the year of its Thursday", () => {
    expect(isoWeek("2026-12-28")).toEqual({ year: 2026, week: 53 });
    expect(isoWeek("2027-01-04")).toEqual({ year: 2027, week: 1 });
    expect(isoWeek("2024-12-30")).toEqual({ year: 2025, week: 1 });
    expect(isoWeek("2023-12-25")).toEqual({ year: 2023, week: 52 });
  });
  it("what was felt stays in its week", () => {
    const weeks = ["2026-12-21", "2026-12-28", "2027-01-04"].map(at);
    const felt = [["2026-12-31", 2, 1], ["2027-01-03", 5, 2], ["2027-01-04", 7, 1]].map(([first_day, valence, n_reports]) =>
      ({ first_day: String(first_day), valence: Number(valence), n_reports: Number(n_reports) }));
    expect(feltIn(weeks, felt, 7)).toEqual([null, 4, 7]);
  });
  it("January says its year", () => {
    const ticks = ["2026-12-01", "2027-01-01"].map((one) => Date.parse(one) / 1000);
    expect(ticks.map((tick) => short(tick, "en", 30 * 86_400))).toEqual(["Dec", "Jan 2027"]);
    expect(ticks.map((tick) => short(tick, "en", 86_400))).toEqual(["Dec 1", "Jan 1"]);
    expect(ticks.map((tick) => short(tick, "en", 365 * 86_400))).toEqual(["2026", "2027"]);
  });
});

/** A month as a grid of weeks, and what was recorded on its days. */
import type { Entry } from "./api";
import { gist } from "./gist";

const DAY_MS = 86_400_000;
const WEEK_DAYS = 7;

/** A month as 2026-11. */
export type Month = string;

const iso = (instant: number): string => new Date(instant).toISOString().slice(0, 10);
const first = (month: Month): number => Date.parse(`${month}-01T00:00:00Z`);

export const monthOf = (day: string): Month => day.slice(0, 7);

export function moved(month: Month, months: number): Month {
  const date = new Date(first(month));
  date.setUTCMonth(date.getUTCMonth() + months);
  return monthOf(date.toISOString());
}

/** Weeks from Monday to Sunday; empty where a day is of another month. */
export function weeksOf(month: Month): string[][] {
  const [from, until] = [first(month), first(moved(month, 1))];
  const monday = from - ((new Date(from).getUTCDay() + 6) % WEEK_DAYS) * DAY_MS;
  const weeks: string[][] = [];
  for (let week = monday; week < until; week += WEEK_DAYS * DAY_MS) {
    weeks.push(Array.from({ length: WEEK_DAYS }, (_, day) => {
      const at = week + day * DAY_MS;
      return at >= from && at < until ? iso(at) : "";
    }));
  }
  return weeks;
}

export const endOf = (month: Month): string => iso(first(moved(month, 1)) - DAY_MS);

/** The day that the calendar on the wall showed where a memo was spoken. */
export const dayOf = (entry: Pick<Entry, "recorded_at" | "offset_min">): string =>
  iso(Date.parse(entry.recorded_at) + entry.offset_min * 60_000);

export interface Day {
  count: number;
  /** What most memos of the day sounded like; empty where none could be heard. */
  emotion: string;
}

export function daysOf(entries: Entry[]): Map<string, Day> {
  const found = new Map<string, Entry[]>();
  for (const entry of entries) found.set(dayOf(entry), [...(found.get(dayOf(entry)) ?? []), entry]);
  return new Map([...found].map(([day, some]) => [day, { count: some.length, emotion: commonest(some) }]));
}

function commonest(entries: Entry[]): string {
  const counts = new Map<string, number>();
  for (const entry of entries) {
    const emotion = gist(entry).emotion;
    if (emotion) counts.set(emotion, (counts.get(emotion) ?? 0) + 1);
  }
  return [...counts].sort((one, other) => other[1] - one[1])[0]?.[0] ?? "";
}

/** The day to go to from another: the next one with memos to the left, right, or about a week off. */
export function neighbour(days: string[], from: string, key: string): string | undefined {
  const sorted = days.toSorted();
  const place = sorted.indexOf(from);
  if (key === "ArrowLeft") return sorted[place - 1];
  if (key === "ArrowRight") return sorted[place + 1];
  if (key === "Home") return sorted[0];
  if (key === "End") return sorted.at(-1);
  const wanted = Date.parse(from) + (key === "ArrowUp" ? -WEEK_DAYS : WEEK_DAYS) * DAY_MS;
  const side = sorted.filter((day) => (key === "ArrowUp" ? day < from : day > from));
  return side.sort((one, other) => Math.abs(Date.parse(one) - wanted) - Math.abs(Date.parse(other) - wanted))[0];
}

/** Figures and days as people write them. */
import { dated, written } from "./formats";

export function figure(value: number | null | undefined, language: string): string {
  if (value === null || value === undefined) return "–";
  if (value < 0) return `−${figure(-value, language)}`;
  if (value > 0 && value < 0.1) return written(value, language, { maximumSignificantDigits: 2 });
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return written(value, language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** With its sign, to the hundredth: as far as a share of an index means anything. */
export function hundredths(value: number, language: string): string {
  return written(value, language, { minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay: "always" }).replace("-", "−");
}

/** An index, always to the hundredth, so that a column of them is read at a glance. */
export function index(value: number | null | undefined, language: string): string {
  if (value === null || value === undefined) return "–";
  return written(value, language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

export function signed(value: number, language: string): string {
  return (value < 0 ? "−" : "+") + figure(Math.abs(value), language);
}

export function percent(share: number, language: string): string {
  return written(share, language, { style: "percent", maximumFractionDigits: 0 });
}

/** A day such as 2026-03-29, which no time zone moves. */
export function day(iso: string, language: string, long = false): string {
  const options: Intl.DateTimeFormatOptions = long
    ? { weekday: "long", day: "numeric", month: "long", year: "numeric" }
    : { day: "numeric", month: "short", year: "numeric" };
  return dated(new Date(`${iso}T00:00:00Z`), language, options);
}

/** A month such as 2026-11. */
export const monthName = (month: string, language: string): string =>
  dated(new Date(`${month}-01T00:00:00Z`), language, { month: "long", year: "numeric" });

/** An instant as the clock on the wall showed it where it was spoken. */
export function wall(instant: string, offsetMin: number, language: string): string {
  const moved = new Date(Date.parse(instant) + offsetMin * 60_000);
  return dated(moved, language, { weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" });
}

/** Monday is 0. */
export function weekday(number: number, language: string, width: "short" | "long" = "short"): string {
  return dated(new Date(Date.UTC(2024, 0, 1 + number)), language, { weekday: width });
}

export function clock(seconds: number): string {
  const whole = Math.floor(seconds / 60);
  return `${whole}:${(seconds - 60 * whole).toFixed(1).padStart(4, "0")}`;
}

/** Whole days from now until a deleted entry goes for good. */
export function daysLeft(deletedAt: string, now: number, kept = 30): number {
  return Math.max(0, Math.ceil((Date.parse(deletedAt) + kept * 86_400_000 - now) / 86_400_000));
}

/** What was said in a memo: lines as they were typed, or with their times from a file of captions. */
export interface Line { text: string; start: number; end: number }
export interface Plain { text: string }
export interface Timed { segments: Line[] }
export type Said = Plain | Timed;

const ARROW = "-->";
const TAG = /<[^>]*>/g;
const CAPTIONS = /\.(srt|vtt)$/i;

/** A file as what was said: captions by their name, all else as plain text. */
export function saidIn(name: string, content: string): Said {
  return CAPTIONS.test(name) ? { segments: captions(content) } : { text: content.trim() };
}

/** SubRip and WebVTT: blocks of times and text, with an empty line between them. */
export function captions(content: string): Line[] {
  const blocks = content.replace(/\r\n?/g, "\n").split(/\n{2,}/);
  return blocks.map((block) => caption(block.split("\n"))).filter((line) => line !== undefined);
}

function caption(block: string[]): Line | undefined {
  const place = block.findIndex((one) => one.includes(ARROW));
  const [start, end] = (block[place] ?? "").split(ARROW).map(seconds);
  const text = block.slice(place + 1).join(" ").replace(TAG, "").replace(/\s+/g, " ").trim();
  const whole = start !== undefined && end !== undefined && 0 <= start && start <= end;
  return whole && text ? { text, start, end } : undefined;
}

/** Seconds from `00:01:02,500` or `01:02.500`; what stands behind it is where to show it. */
function seconds(words: string): number {
  const [clock = ""] = words.trim().split(/\s/);
  return clock.replace(",", ".").split(":").reduce((sum, part) => 60 * sum + Number(part || NaN), 0);
}

/** What is kept, as it is shown: with times only where each line has its own. */
export function shown(kept: { text?: string; segments?: (Plain & Partial<Line>)[] }): Said {
  const lines = kept.segments ?? [];
  const timed = lines.flatMap(({ text, start, end }) => (start === undefined || end === undefined ? [] : [{ text, start, end }]));
  if (timed.length && timed.length === lines.length) return { segments: timed };
  return { text: kept.text ?? lines.map((line) => line.text).join("\n") };
}

export const hasWords = (said: Said): boolean => ("text" in said ? said.text.trim() !== "" : said.segments.length > 0);

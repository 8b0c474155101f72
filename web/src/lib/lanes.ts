/** Stretches of speech along a memo: a row for each emotion that was loudest somewhere, and the stress below. */
import { colour, plainFont } from "./colours";
import type { Short, Stretch } from "./gist";
import type { Interval } from "./insights";
import { clock } from "./numbers";

export const ROW = 20;
export const STRESS = 72;
const AXIS = 26;
const GAP = 8;
const LEAST_WIDE = 2;
const TICK_ROOM = 120;
const FAINTEST = 0.35;

type Span = Pick<Stretch, "start_s" | "end_s">;

export interface Told extends Stretch {
  emotion: string;
  share: number;
}

/** The stretches with what each sounded like most. */
export function toldOf(segments: Stretch[]): Told[] {
  return segments.map((one) => {
    const [emotion, share] = Object.entries(one.emotions).reduce((best, each) => (each[1] > best[1] ? each : best), ["", 0]);
    return { ...one, emotion, share };
  });
}

/** The rows, in the order of the alphabet. */
export const rowsOf = (told: Told[]): string[] => [...new Set(told.map((one) => one.emotion))].sort();

/** The stretch at a moment; between two, the nearer one. -1 where there is none. */
export function stretchAt(segments: Span[], seconds: number): number {
  const off = segments.map((one) => Math.max(one.start_s - seconds, seconds - one.end_s, 0));
  return off.indexOf(Math.min(...off));
}

export const heightOf = (rows: number): number => rows * ROW + GAP + STRESS + AXIS;

interface Picture {
  told: Told[];
  duration: number;
  stress: Short | null;
  chosen: number;
}

export function drawLanes(canvas: HTMLCanvasElement, wide: number, { told, duration, stress, chosen }: Picture): void {
  const rows = rowsOf(told);
  const pen = penOf(canvas, wide, heightOf(rows.length));
  if (!pen) return;
  const at = (seconds: number): number => (wide * seconds) / Math.max(duration, 0.1);
  const base = rows.length * ROW + GAP;
  const up = (share: number): number => base + STRESS * (1 - share);
  drawGround(pen, wide, rows.length, base, stress && { low: up(stress.low), high: up(stress.high) });
  told.forEach((one, index) => {
    const [x, w] = [at(one.start_s), Math.max(LEAST_WIDE, at(one.end_s - one.start_s))];
    if (index === chosen) fill(pen, "line", [x - 1, 0, w + 2, base + STRESS]);
    fill(pen, "teal", [x, rows.indexOf(one.emotion) * ROW + 3, w, ROW - 6], FAINTEST + (1 - FAINTEST) * one.share);
    fill(pen, "ochre", [x, up(one.stress) - 2, w, 4]);
  });
  drawTimes(pen, wide, base + STRESS + 19, duration);
}

function penOf(canvas: HTMLCanvasElement, wide: number, high: number): CanvasRenderingContext2D | null {
  const scale = devicePixelRatio;
  [canvas.width, canvas.height] = [Math.round(wide * scale), Math.round(high * scale)];
  const pen = canvas.getContext("2d");
  pen?.scale(scale, scale);
  return pen;
}

function fill(pen: CanvasRenderingContext2D, name: string, [x, y, w, h]: [number, number, number, number], alpha = 1): void {
  [pen.fillStyle, pen.globalAlpha] = [colour(name), alpha];
  pen.fillRect(x, y, w, h);
  pen.globalAlpha = 1;
}

/** Lines between the rows; the interval of the whole memo behind its stress, and the ends of the scale. */
function drawGround(pen: CanvasRenderingContext2D, wide: number, rows: number, base: number, doubt: Interval | null): void {
  for (let row = 0; row < rows; row += 1) fill(pen, "line", [0, (row + 0.5) * ROW - 0.5, wide, 1]);
  if (doubt) fill(pen, "ochre-wash", [0, doubt.high, wide, doubt.low - doubt.high]);
  for (const end of [base, base + STRESS]) fill(pen, "line", [0, end, wide, 1]);
}

function drawTimes(pen: CanvasRenderingContext2D, wide: number, y: number, duration: number): void {
  const parts = Math.max(1, Math.min(6, Math.floor(wide / TICK_ROOM)));
  [pen.font, pen.fillStyle] = [plainFont(), colour("soft")];
  for (let tick = 0; tick <= parts; tick += 1) {
    pen.textAlign = tick === 0 ? "start" : tick === parts ? "end" : "center";
    pen.fillText(clock((duration * tick) / parts), (wide * tick) / parts, y);
  }
}

/** How a series is drawn: the band behind it, gaps as gaps, the shift as a dashed line. */
import type uPlot from "uplot";
import type { Change, Usual } from "./insights";
import { colour, plainFont } from "./colours";
import { dated } from "./formats";
import { figure } from "./numbers";
import { reach } from "./reach";

export interface Drawn {
  usual: Usual | null;
  change: Change | null;
  felt: boolean;
  faded: boolean;
  points: number;
  language: string;
  width: number;
  moved: (index: number) => void;
}

const HEIGHT = 288;
const CROWDED_PX = 7;
const FELT_ENDS: [number, number] = [0.4, 7.6];
const FELT_TICKS = [1, 4, 7];
const [DIAMOND, SMALL_DIAMOND] = [5, 3.5];
const DAY_S = 86_400;
const [MONTH_DAYS, YEAR_DAYS] = [28, 360];
const BEFORE_A_DAY_S = 12 * 3600;

const seconds = (iso: string): number => Date.parse(`${iso}T00:00:00Z`) / 1000;

export function options({ usual, change, felt, faded, points, language, width, moved }: Drawn): uPlot.Options {
  const axis = { stroke: colour("soft"), grid: { stroke: colour("line"), width: 1 }, ticks: { show: false } };
  const line = colour(faded ? "edge" : "ochre");
  const dense = width / points < CROWDED_PX;
  const font = plainFont();
  return {
    width,
    height: HEIGHT,
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 12, fill: colour("ochre"), stroke: colour("card") } },
    scales: { x: { time: true }, y: { range: (_plot, low, high) => reach(low, high, usual) }, felt: { range: FELT_ENDS } },
    axes: [
      { ...axis, font, grid: { show: false }, space: 70, size: 30, values: (_plot, ticks, _axis, _space, step) => ticks.map((tick) => short(tick, language, step)) },
      { ...axis, font, size: 56, values: (_plot, ticks) => ticks.map((tick) => figure(tick, language)) },
      { ...axis, font, scale: "felt", side: 1, show: felt, grid: { show: false }, size: 26, splits: () => FELT_TICKS, values: () => FELT_TICKS.map(String) },
    ],
    series: [
      {},
      { stroke: line, width: faded ? 1 : dense ? 1.25 : 2, spanGaps: false, points: { show: true, size: dense ? 4 : 7, fill: line } },
      { scale: "felt", show: felt, stroke: colour("ink"), paths: () => null, points: { show: false } },
    ],
    tzDate: (at) => new Date(at * 1000 + new Date(at * 1000).getTimezoneOffset() * 60_000),
    hooks: {
      drawClear: [(plot) => drawUsual(plot, usual)],
      draw: [(plot) => drawChange(plot, change), (plot) => felt && drawFelt(plot, dense ? SMALL_DIAMOND : DIAMOND)],
      setCursor: [(plot) => typeof plot.cursor.idx === "number" && plot.cursor.event && moved(plot.cursor.idx)],
    },
  };
}

/** A tick as far as its step means anything: a day, a month, a year; January says its year. */
export function short(at: number, language: string, step: number): string {
  const date = new Date(at * 1000);
  return dated(date, language, wanted(date, step / DAY_S));
}

function wanted(date: Date, days: number): Intl.DateTimeFormatOptions {
  if (days >= YEAR_DAYS) return { year: "numeric" };
  if (days < MONTH_DAYS) return { day: "numeric", month: "short" };
  return date.getUTCMonth() ? { month: "short" } : { month: "short", year: "numeric" };
}

function drawUsual(plot: uPlot, usual: Usual | null): void {
  if (!usual) return;
  const { ctx, bbox } = plot;
  const [top, bottom, centre] = [usual.band.high, usual.band.low, usual.value].map((one) => plot.valToPos(one, "y", true));
  if (top === undefined || bottom === undefined || centre === undefined) return;
  ctx.save();
  ctx.fillStyle = colour("teal-wash");
  ctx.fillRect(bbox.left, top, bbox.width, bottom - top);
  dashed(ctx, colour("teal"), [bbox.left, centre, bbox.left + bbox.width, centre]);
  ctx.restore();
}

function drawChange(plot: uPlot, change: Change | null): void {
  if (!change) return;
  const { ctx, bbox } = plot;
  const [left = 0, low = 0, high = 0] = [change.since, change.since_low, change.since_high].map((one) =>
    plot.valToPos(seconds(one) - BEFORE_A_DAY_S, "x", true),
  );
  if (left < bbox.left || left > bbox.left + bbox.width) return;
  ctx.save();
  [ctx.fillStyle, ctx.globalAlpha] = [colour("soft"), 0.12];
  const start = Math.max(low, bbox.left);
  ctx.fillRect(start, bbox.top, Math.min(high, bbox.left + bbox.width) - start, bbox.height);
  ctx.globalAlpha = 1;
  dashed(ctx, colour("ink"), [left, bbox.top, left, bbox.top + bbox.height]);
  ctx.restore();
}

/** A diamond for each day on which something was said: a shape of its own, as colours are few. */
function drawFelt(plot: uPlot, size: number): void {
  const { ctx, data } = plot;
  ctx.save();
  [ctx.strokeStyle, ctx.fillStyle, ctx.lineWidth] = [colour("ink"), colour("card"), 1.25 * devicePixelRatio];
  data[2]?.forEach((valence, index) => {
    if (typeof valence !== "number") return;
    diamond(ctx, plot.valToPos(data[0][index] ?? 0, "x", true), plot.valToPos(valence, "felt", true), size * devicePixelRatio);
  });
  ctx.restore();
}

function diamond(ctx: CanvasRenderingContext2D, x: number, y: number, size: number): void {
  ctx.beginPath();
  ctx.moveTo(x, y - size);
  for (const [dx, dy] of [[size, 0], [0, size], [-size, 0]] as const) ctx.lineTo(x + dx, y + dy);
  ctx.closePath();
  ctx.fill();
  ctx.stroke();
}

function dashed(ctx: CanvasRenderingContext2D, stroke: string, [x1, y1, x2, y2]: [number, number, number, number]): void {
  ctx.strokeStyle = stroke;
  ctx.lineWidth = 1.5 * devicePixelRatio;
  ctx.setLineDash([6 * devicePixelRatio, 4 * devicePixelRatio]);
  ctx.beginPath();
  ctx.moveTo(x1, y1);
  ctx.lineTo(x2, y2);
  ctx.stroke();
}

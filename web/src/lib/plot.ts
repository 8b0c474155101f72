/** How a series is drawn: the band behind it, gaps as gaps, the shift as a dashed line. */
import type uPlot from "uplot";
import type { Change, Usual } from "./insights";
import { figure } from "./numbers";

export interface Drawn {
  usual: Usual | null;
  change: Change | null;
  language: string;
  dark: boolean;
  width: number;
  moved: (index: number) => void;
}

const HEIGHT = 288;
const ROOM = 0.08;
const BEFORE_A_DAY_S = 12 * 3600;

const colour = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const seconds = (iso: string): number => Date.parse(`${iso}T00:00:00Z`) / 1000;

export function options({ usual, change, language, width, moved }: Drawn): uPlot.Options {
  const axis = { stroke: colour("soft"), grid: { stroke: colour("line"), width: 1 }, ticks: { show: false } };
  const font = `13px ${getComputedStyle(document.body).fontFamily}`;
  return {
    width,
    height: HEIGHT,
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 12, fill: colour("ochre"), stroke: colour("card") } },
    scales: { x: { time: true }, y: { range: (_plot, low, high) => reach(low, high, usual) } },
    axes: [
      { ...axis, font, grid: { show: false }, space: 70, size: 30, values: (_plot, ticks) => ticks.map((tick) => short(tick, language)) },
      { ...axis, font, size: 56, values: (_plot, ticks) => ticks.map((tick) => figure(tick, language)) },
    ],
    series: [
      {},
      { stroke: colour("ochre"), width: 2, spanGaps: false, points: { show: true, size: 7, fill: colour("ochre") } },
    ],
    tzDate: (at) => new Date(at * 1000 + new Date(at * 1000).getTimezoneOffset() * 60_000),
    hooks: {
      drawClear: [(plot) => drawUsual(plot, usual)],
      draw: [(plot) => drawChange(plot, change)],
      setCursor: [(plot) => typeof plot.cursor.idx === "number" && plot.cursor.event && moved(plot.cursor.idx)],
    },
  };
}

/** The values and the whole band, with some room. */
export function reach(low: number | null, high: number | null, usual: Usual | null): [number, number] {
  const least = Math.min(low ?? Infinity, usual?.band.low ?? Infinity);
  const most = Math.max(high ?? -Infinity, usual?.band.high ?? -Infinity);
  if (!Number.isFinite(least) || !Number.isFinite(most)) return [0, 1];
  const room = (most - least || 1) * ROOM;
  return [least - room, most + room];
}

function short(at: number, language: string): string {
  return new Date(at * 1000).toLocaleDateString(language, { day: "numeric", month: "short", timeZone: "UTC" });
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
  const left = plot.valToPos(seconds(change.since) - BEFORE_A_DAY_S, "x", true);
  if (left < bbox.left || left > bbox.left + bbox.width) return;
  ctx.save();
  dashed(ctx, colour("ink"), [left, bbox.top, left, bbox.top + bbox.height]);
  ctx.restore();
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

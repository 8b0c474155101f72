/** The sound as bars that come in at the right and go out at the left. */
import { peakDbfs } from "./level";

const BAR_PX = 3;
const STEP_PX = 5;
const PIECE_MS = 50;
const LOUD_DBFS = -1;
const MOST_BARS = 512;

export interface Colours { bar: string; loud: string; line: string }

export class Trace {
  #bars: number[] = [];
  #lastMs = 0;

  hear(pcm: Int16Array, nowMs: number): void {
    this.#bars.unshift(peakDbfs(pcm));
    this.#bars.length = Math.min(this.#bars.length, MOST_BARS);
    this.#lastMs = nowMs;
  }

  /** `still`: bars stand where they are until the next comes, instead of gliding. */
  draw(canvas: CanvasRenderingContext2D, nowMs: number, colours: Colours, still: boolean): void {
    const { width, height } = canvas.canvas;
    const scale = devicePixelRatio;
    const gone = still ? 0 : Math.min(1, (nowMs - this.#lastMs) / PIECE_MS);
    canvas.clearRect(0, 0, width, height);
    canvas.fillStyle = colours.line;
    canvas.fillRect(0, height / 2 - scale / 2, width, scale);
    this.#bars.forEach((dbfs, index) => {
      const left = width - (index + gone) * STEP_PX * scale;
      const tall = Math.max(BAR_PX * scale, shareOf(dbfs) * height);
      canvas.fillStyle = dbfs >= LOUD_DBFS ? colours.loud : colours.bar;
      if (left > -BAR_PX * scale) canvas.fillRect(left, (height - tall) / 2, BAR_PX * scale, tall);
    });
  }
}

/** How tall a level is drawn, 0 to 1: the third root of its amplitude, so that quiet speech is seen and loud speech has a shape. */
export const shareOf = (dbfs: number): number => 10 ** (Math.min(0, dbfs) / 60);

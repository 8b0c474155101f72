/** The sound as bars that come in at the right and go out at the left. */
import { peakDbfs } from "./level";

const BAR_PX = 3;
export const STEP_PX = 5;
const LOUD_DBFS = -1;
const MOST_BARS = 512;

export interface Colours { bar: string; loud: string; line: string }

export class Trace {
  #bars: number[] = [];

  hear(pcm: Int16Array): void {
    this.#bars.unshift(peakDbfs(pcm));
    this.#bars.length = Math.min(this.#bars.length, MOST_BARS);
  }

  /** The newest lies at the right end, a step from it. */
  draw(pen: CanvasRenderingContext2D, colours: Colours): void {
    const { width, height } = pen.canvas;
    const scale = devicePixelRatio;
    const [wide, step] = [BAR_PX * scale, STEP_PX * scale];
    pen.clearRect(0, 0, width, height);
    pen.fillStyle = colours.line;
    pen.fillRect(0, height / 2 - scale / 2, width, scale);
    this.#bars.slice(0, Math.ceil(width / step)).forEach((dbfs, index) => {
      const tall = Math.max(wide, shareOf(dbfs) * height);
      pen.fillStyle = dbfs >= LOUD_DBFS ? colours.loud : colours.bar;
      pen.fillRect(width - (index + 1) * step, (height - tall) / 2, wide, tall);
    });
  }
}

/** How tall a level is drawn, 0 to 1: the third root of its amplitude, so that quiet speech is seen and loud speech has a shape. */
export const shareOf = (dbfs: number): number => 10 ** (Math.min(0, dbfs) / 60);

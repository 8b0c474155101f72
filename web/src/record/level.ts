/** How loud it is, in words a person can act on; the limits are those of the service's verdict. */
const FULL_SCALE = 32_768;
const CUT_OFF = 32_700;
const MOST_CUT_OFF = 0.005;
const LEAST_PEAK_DBFS = -50;
const SILENT_DBFS = -80;

export const WORDS = ["good", "quiet", "loud", "silent"] as const;
export type Word = (typeof WORDS)[number];

/** The largest sample in dB of full scale, not below -120. */
export function peakDbfs(piece: Int16Array): number {
  let most = 0;
  for (const one of piece) most = Math.max(most, Math.abs(one));
  return most ? 20 * Math.log10(most / FULL_SCALE) : -120;
}

interface Seen { samples: number; peak: number; cut: number }

/** A word for the last seconds; "quiet" and "silent" only once they are over, for a breath is no quiet voice. */
export class LevelWords {
  #seen: Seen[] = [];
  #samples = 0;

  constructor(readonly recent: number) {}

  hear(piece: Int16Array): Word {
    const cut = piece.reduce((count, one) => count + (Math.abs(one) >= CUT_OFF ? 1 : 0), 0);
    this.#seen.push({ samples: piece.length, peak: peakDbfs(piece), cut });
    this.#samples += piece.length;
    while (this.#samples - (this.#seen[0]?.samples ?? 0) >= this.recent) this.#samples -= this.#seen.shift()?.samples ?? 0;
    return this.#word();
  }

  #word(): Word {
    if (this.#seen.reduce((sum, one) => sum + one.cut, 0) > MOST_CUT_OFF * this.#samples) return "loud";
    if (this.#samples < this.recent) return "good";
    const peak = Math.max(...this.#seen.map((one) => one.peak));
    if (peak < SILENT_DBFS) return "silent";
    return peak < LEAST_PEAK_DBFS ? "quiet" : "good";
  }
}

/** The analysis of an entry: a gist in lists (every measure, no timeline), the whole where one is read. */
import type { Analysis as Wire, Entry, Index } from "./api";

export type Short = Pick<Index, "value" | "low" | "high" | "method"> & Partial<Pick<Index, "contributions">>;

export interface Gist {
  status: "ok" | "unusable";
  emotion: string | null;
  confidence: number | null;
  quality?: { verdict: "ok" | "poor" | "unusable" };
  stress: Short | null;
  biomarkers: Record<string, number | null>;
}

export type Stretch = Wire["segments"][number];

type Listed = Omit<Gist, "quality">;
/** Entries that older versions made may lack a part. */
export type Analysis = Listed & Partial<Omit<Wire, keyof Listed | "segments">> & Pick<Wire, "segments" | "reasons">;

export const gist = (entry: Entry): Gist => entry.analysis as unknown as Gist;
export const whole = (entry: Entry): Analysis => entry.analysis as unknown as Analysis;

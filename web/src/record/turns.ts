/** What a recording may become from what it is. */
export type State = "idle" | "asking" | "recording" | "paused" | "review";

const NEXT: Record<State, readonly State[]> = {
  idle: ["asking", "review"], // review: one that was left behind
  asking: ["idle", "recording", "paused", "review"],
  recording: ["paused", "review", "idle"],
  paused: ["asking", "review", "idle"],
  review: ["idle"],
};

export class TurnError extends Error {}

/** The state that was wanted; an error names what may follow the one there is. */
export function turned(from: State, to: State): State {
  if (!NEXT[from].includes(to)) throw new TurnError(`after ${from} comes ${NEXT[from].join(" or ")}, not ${to}`);
  return to;
}

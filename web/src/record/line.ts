/** The live socket, and a tape told to it: what is cut is taken up again, what is gone is told from the start. */
import type { Analysis, Index } from "../lib/api";
import type { Tape } from "./tape";

export interface Glance {
  emotion: string | null;
  confidence: number | null;
  possible: string[];
  stress: Pick<Index, "value" | "low" | "high">;
}
type Event =
  | { type: "session"; seq: number; id: string; received_samples: number }
  | { type: "partial"; seq: number; running: Glance | null }
  | { type: "summary"; seq: number; analysis: Analysis }
  | { type: "final" | "warning"; seq: number }
  | { type: "error" };

export interface Told {
  glance: (glance: Glance | null) => void;
  summary: (analysis: Analysis) => void;
  standing: (standing: Standing) => void;
}
/** `waiting`: nobody answers, it is tried again; `busy`: the service hears as many as it can, the same; `out`: the service knows this browser no more; `over`: all was told. */
export type Standing = "opening" | "open" | "waiting" | "busy" | "out" | "over";

const FRAME = 16_000; // samples: half of what a frame may hold
const MOST_UNSENT_BYTES = 256 * 1024;
const BEAT_MS = 100;
const ALIVE_MS = 10_000;
const AGAIN_MS = [500, 1_000, 2_000, 4_000] as const;
const DONE = 1000;
const STOPPED = 1012;
const FULL = 1013;
const OUT = 4401;
const GONE = 4404;

export class Line {
  #socket: WebSocket | null = null;
  #session = "";
  #seq = -1;
  #sent = 0;
  #ready = false;
  #ending = false;
  #stopped = false;
  #tries = 0;
  #timer = 0;
  #beat = 0;
  #saidMs = 0;

  constructor(
    readonly tape: Tape,
    readonly told: Told,
  ) {
    addEventListener("online", this.#now);
  }

  open(): void {
    clearTimeout(this.#timer);
    this.#timer = 0;
    if (!this.#tries) this.told.standing("opening"); // else it is still waiting, and says so once
    const again = this.#session ? `?session=${this.#session}&after=${this.#seq}` : "";
    const socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/v1/live${again}`);
    this.#socket = socket;
    socket.onmessage = ({ data }: MessageEvent<string>) => socket === this.#socket && this.#hear(JSON.parse(data) as Event);
    socket.onclose = ({ code }) => socket === this.#socket && this.#closed(code);
    this.#beat ||= window.setInterval(() => this.pump(), BEAT_MS);
  }

  /** Send what is there, as far as it is taken; then, where it is to end, that. */
  pump(): void {
    const socket = this.#socket;
    if (!this.#ready || !socket || this.#stopped) return;
    while (this.#sent < this.tape.samples && socket.bufferedAmount < MOST_UNSENT_BYTES) {
      const frame = this.tape.after(this.#sent, FRAME);
      socket.send(frame);
      this.#sent += frame.length;
      this.#saidMs = Date.now();
    }
    if (this.#ending && this.#sent === this.tape.samples) {
      this.#stopped = true;
      this.#say({ type: "stop", save: false });
    } else if (Date.now() - this.#saidMs > ALIVE_MS) this.#say({ type: "keep_alive" });
  }

  /** No more sound comes: ask for the summary once all was sent. */
  end(): void {
    this.#ending = true;
    this.pump();
  }

  close(): void {
    removeEventListener("online", this.#now);
    clearTimeout(this.#timer);
    clearInterval(this.#beat);
    const socket = this.#socket;
    this.#socket = null;
    this.#ready = false;
    socket?.close(DONE);
  }

  #now = (): void => {
    if (this.#timer) this.open();
  };

  #say(message: object): void {
    this.#socket?.send(JSON.stringify(message));
    this.#saidMs = Date.now();
  }

  #hear(event: Event): void {
    if ("seq" in event) this.#seq = event.seq;
    if (event.type === "session") this.#begin(event.id, event.received_samples);
    if (event.type === "partial") this.told.glance(event.running);
    if (event.type === "summary") {
      this.close();
      this.told.summary(event.analysis);
      this.told.standing("over");
    }
  }

  #begin(id: string, received: number): void {
    [this.#session, this.#sent, this.#ready, this.#stopped, this.#tries] = [id, received, true, false, 0];
    this.told.standing("open");
    this.pump();
  }

  #closed(code: number): void {
    this.#ready = false;
    if (code === GONE || code === STOPPED) [this.#session, this.#seq] = ["", -1];
    if (code === OUT) {
      this.told.standing("out");
      return;
    }
    this.told.standing(code === FULL ? "busy" : "waiting");
    const wait = code === GONE ? 0 : AGAIN_MS[Math.min(this.#tries, AGAIN_MS.length - 1)];
    this.#tries += 1;
    this.#timer = window.setTimeout(() => this.open(), wait);
  }
}

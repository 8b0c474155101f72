/** The one recording of this page: it outlives the screen that shows it. */
import type { Analysis } from "../lib/api";
import { session } from "../lib/session.svelte";
import type { Item } from "../lib/uploads.svelte";
import { zone } from "../lib/zone";
import { failureOf, permission, unable, type Failure } from "./failures";
import { Keeper } from "./keeper";
import { LevelWords, type Word } from "./level";
import { Line, type Glance, type Standing } from "./line";
import { leftBehind, whose } from "./left.svelte";
import { Lock } from "./lock";
import { AWAY, Microphone, type Piece } from "./microphone";
import { RATE_HZ } from "./pcm";
import { itemOf, saved, type Said } from "./saving";
import { shelf } from "./shelf";
import { missingMs } from "./sleep";
import { Tape, type Label } from "./tape";
import { turned, type State } from "./turns";

/** What the service takes as one memo; the last minutes of it are told. */
export const LONGEST_S = 30 * 60;
export const ENDING_S = 3 * 60;
const PROMPT_SLOW_MS = 15_000;
const LEVEL_SAMPLES = 5 * RATE_HZ;
export const UNDO_MS = 10_000;

/** What happened while it recorded. */
export type Notice = "unplugged" | "revoked" | "asleep" | "muted" | "hidden" | "elsewhere" | "longest" | "away";

class Recorder {
  state = $state<State>("idle");
  failure = $state<Failure | null>(null);
  notice = $state<Notice | null>(null);
  standing = $state<Standing>("over");
  /** Whole seconds, so that the page is not told twenty times a second. */
  seconds = $state(0);
  word = $state<Word>("good");
  glance = $state.raw<Glance | null>(null);
  analysis = $state.raw<Analysis | null>(null);
  /** The browser's own question has been open for long. */
  slow = $state(false);
  altered = $state(false);
  /** Whether this browser keeps what is recorded. */
  kept = $state(true);
  sleptMs = $state(0);
  item = $state.raw<Item | null>(null);
  tape = $state.raw<Tape | null>(null);
  /** Called with each piece of sound, for its picture. */
  heard: ((piece: Piece) => void) | null = null;

  #line: Line | null = null;
  #keeper: Keeper | null = null;
  #microphone: Microphone | null = null;
  #words = new LevelWords(LEVEL_SAMPLES);
  #lastMs: number | null = null;
  #lock = new Lock();

  /** Whether there is one that is not over yet. */
  get running(): boolean {
    return this.tape !== null && this.state !== "review";
  }

  async start(): Promise<void> {
    this.#become("asking");
    [this.failure, this.notice] = [unable(window), null];
    if (!this.failure && !(await this.#lock.take())) this.notice = "elsewhere";
    if (this.failure || this.notice || !(await this.#listen())) {
      this.#lock.free();
      this.#become("idle");
      return;
    }
    const startedAt = new Date(Date.now() + session.skewMs).toISOString();
    this.#hold(new Tape({ id: crypto.randomUUID(), whose: whose(), startedAt, zone: zone() }));
    this.#become("recording");
  }

  async pause(why: Notice | null = null): Promise<void> {
    this.#become("paused");
    this.notice = why;
    this.#silence();
    await this.#keeper?.write();
  }

  /** The microphone again; where it does not come, it stays paused. */
  async resume(): Promise<void> {
    this.#become("asking");
    this.notice = null;
    this.#become((await this.#listen()) ? "recording" : "paused");
  }

  async stop(why: Notice | null = null): Promise<void> {
    this.#become("review");
    this.notice = why;
    this.#silence();
    this.#line?.end();
    await this.#keeper?.write();
  }

  /** Gone, but for as long as it can be undone by what is returned. */
  async discard(): Promise<() => Promise<void>> {
    const [tape, keeper] = [this.tape, this.#keeper];
    this.#silence();
    await keeper?.write();
    this.#close();
    const end = window.setTimeout(() => void keeper?.forget(), UNDO_MS);
    return async () => {
      clearTimeout(end);
      if (tape) await this.#review(() => Promise.resolve(tape));
    };
  }

  /** One that was left behind. */
  take(label: Label): Promise<void> {
    return this.#review(() => shelf.take(label));
  }

  /** One that is whole is heard from its start. */
  async #review(found: () => Promise<Tape>): Promise<void> {
    this.failure = this.notice = null;
    if (!(await this.#lock.take())) {
      this.notice = "elsewhere";
      return;
    }
    const tape = await found();
    this.#become("review");
    this.#hold(tape, tape.samples);
    this.#line?.end();
  }

  /** Make it an entry: its id, or nothing where that did not work, and then all stays as it is. */
  async save(said: Said): Promise<string | undefined> {
    if (!this.tape) return undefined;
    const item = (this.item = itemOf(this.tape, said));
    if (!(await saved(item, said))) return undefined;
    await this.#keeper?.forget();
    this.#close();
    return item.entryId;
  }

  /** This browser was let in again: go on telling. */
  again(): void {
    if (this.standing === "out") this.#line?.open();
  }

  #become(state: State): void {
    this.state = turned(this.state, state);
  }

  async #listen(): Promise<boolean> {
    const waiting = window.setTimeout(() => (this.slow = true), PROMPT_SLOW_MS);
    this.#lastMs = this.failure = null;
    try {
      this.#microphone = await Microphone.open({
        heard: (piece) => this.#hear(piece),
        ended: () => void this.#lost(),
        muted: (is) => (this.notice = is ? "muted" : null),
      });
      this.altered = this.#microphone.altered;
    } catch (error) {
      const fault = error as DOMException;
      if (fault.name === AWAY) this.notice = "away";
      else this.failure = failureOf(fault, await permission());
    }
    clearTimeout(waiting);
    this.slow = false;
    return this.#microphone !== null;
  }

  #hold(tape: Tape, written = 0): void {
    leftBehind.claim(tape.label.id);
    [this.tape, this.seconds] = [tape, Math.floor(tape.seconds)];
    [this.glance, this.analysis, this.item, this.word] = [null, null, null, "good"];
    this.#words = new LevelWords(LEVEL_SAMPLES);
    this.#keeper = new Keeper(tape, (kept) => (this.kept = kept), written);
    this.#line = new Line(tape, {
      glance: (glance) => (this.glance = glance),
      summary: (analysis) => (this.analysis = analysis),
      standing: (standing) => (this.standing = standing),
    });
    this.#line.open();
  }

  #hear(piece: Piece): void {
    if (this.state !== "recording" || !this.tape) return;
    this.sleptMs = missingMs(this.#lastMs, piece.atMs);
    this.#lastMs = piece.atMs;
    if (this.sleptMs) void this.pause("asleep");
    else this.#follow(this.tape, piece);
  }

  #follow(tape: Tape, piece: Piece): void {
    tape.add(piece.pcm);
    this.word = this.#words.hear(piece.pcm);
    this.seconds = Math.floor(tape.seconds);
    this.heard?.(piece);
    this.#line?.pump();
    this.#keeper?.follow();
    if (tape.seconds >= LONGEST_S) void this.stop("longest");
  }

  /** The microphone ended by itself: pulled out, or no longer allowed. */
  async #lost(): Promise<void> {
    if (this.state !== "recording") return;
    await this.pause("unplugged");
    if ((await permission()) === "denied") this.notice = "revoked";
  }

  #silence(): void {
    this.#microphone?.close();
    this.#microphone = null;
  }

  #close(): void {
    this.#silence();
    this.#line?.close();
    [this.#line, this.#keeper, this.tape, this.notice, this.standing] = [null, null, null, null, "over"];
    this.#lock.free();
    this.#become("idle");
  }
}

export const recorder = new Recorder();

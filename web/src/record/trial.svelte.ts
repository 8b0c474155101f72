/** A microphone tried out: nothing of it is kept or sent. */
import { failureOf, permission, unable, type Failure } from "./failures";
import { LevelWords, type Word } from "./level";
import { Microphone, type Piece } from "./microphone";
import { RATE_HZ } from "./pcm";

const RECENT_SAMPLES = 2 * RATE_HZ;

export class Trial {
  state = $state<"idle" | "asking" | "listening">("idle");
  failure = $state<Failure | null>(null);
  word = $state<Word>("good");
  /** Two seconds were loud enough, and none too loud. */
  fine = $state(false);
  heard: ((piece: Piece) => void) | null = null;
  #microphone: Microphone | null = null;
  #words = new LevelWords(RECENT_SAMPLES);
  #samples = 0;

  async begin(): Promise<void> {
    [this.failure, this.#samples, this.fine] = [unable(window), 0, false];
    if (this.failure) return;
    this.state = "asking";
    try {
      const ears = { heard: (piece: Piece) => this.#hear(piece), ended: () => this.end(), muted: () => undefined };
      this.#microphone = await Microphone.open(ears);
      this.state = "listening";
    } catch (error) {
      this.failure = failureOf(error as DOMException, await permission());
      this.state = "idle";
    }
  }

  end(): void {
    this.#microphone?.close();
    this.#microphone = null;
    this.state = "idle";
  }

  #hear(piece: Piece): void {
    this.#samples += piece.pcm.length;
    this.word = this.#words.hear(piece.pcm);
    this.fine = this.word === "good" && (this.fine || this.#samples >= RECENT_SAMPLES);
    this.heard?.(piece);
  }
}

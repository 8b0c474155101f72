/** Recordings that a closed page or a crash left behind in this browser. */
import { session } from "../lib/session.svelte";
import { freed, held } from "./lock";
import { shelf, type Left } from "./shelf";

export const whose = (): string => session.me?.name ?? "";

class LeftBehind {
  list = $state.raw<Left[]>([]);
  #ours = new Set<string>();
  #waiting = false;

  /** Those of this person, but for what this page has or had in hand, or another tab has. */
  async look(): Promise<void> {
    try {
      const [busy, all] = await Promise.all([held(), shelf.all()]);
      this.list = busy ? [] : all.filter((one) => !this.#ours.has(one.id) && one.whose === whose());
      if (busy) void this.#lookLater();
    } catch {
      this.list = []; // a browser that keeps nothing has nothing left
    }
  }

  /** A tab that was just closed still has it in hand; or one is recording. */
  async #lookLater(): Promise<void> {
    if (this.#waiting) return;
    this.#waiting = true;
    await freed();
    this.#waiting = false;
    await this.look();
  }

  /** This page has it in hand. */
  claim(id: string): void {
    this.#ours.add(id);
    this.list = this.list.filter((one) => one.id !== id);
  }

  async forget(id: string): Promise<void> {
    await shelf.forget(id);
    await this.look();
  }
}

export const leftBehind = new LeftBehind();

/** Recordings that a closed page or a crash left behind in this browser. */
import { session } from "../lib/session.svelte";
import { held } from "./lock";
import { shelf, type Left } from "./shelf";

export const whose = (): string => session.me?.name ?? "";

class LeftBehind {
  list = $state.raw<Left[]>([]);
  #ours = new Set<string>();

  /** Those of this person, but for what this page has or had in hand, or another tab has. */
  async look(): Promise<void> {
    try {
      const [busy, all] = await Promise.all([held(), shelf.all()]);
      this.list = busy ? [] : all.filter((one) => !this.#ours.has(one.id) && one.whose === whose());
    } catch {
      this.list = []; // a browser that keeps nothing has nothing left
    }
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

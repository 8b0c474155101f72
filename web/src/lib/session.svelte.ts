/** Whether this browser was let in, and the one message at the foot of the page. */
import { api, Trouble, type Me } from "./api";
import { where } from "./place.svelte";
import { codeIn } from "./places";
import { called, t } from "./words.svelte";

const UNDO_MS = 10_000;
const WAS_IN = "was_in";
const FAR_MS = 120_000;

interface Toast {
  words: string;
  undo?: () => Promise<void>;
}

class Session {
  /** A browser that was in before is shown the screen at once; where it is no more, it learns so. */
  state = $state<"asking" | "out" | "in" | "offline">(localStorage.getItem(WAS_IN) ? "in" : "asking");
  me = $state.raw<Me | null>(null);
  /** How far the service's clock is ahead of this device's, in milliseconds; 0 where it is a trifle. */
  skewMs = $state(0);
  wrong = $state("");
  toast = $state<Toast | null>(null);
  #timer = 0;
  #looked = false;

  /** Use the code of the link, if there is one, now or later; else see whether the service knows us. */
  begin(): Promise<void> {
    addEventListener("hashchange", () => void this.useCode());
    return this.useCode() ?? this.look();
  }

  useCode(): Promise<void> | undefined {
    const secret = codeIn(location.hash);
    if (!secret) return undefined;
    where.settle("today");
    return this.enter({ secret });
  }

  async look(): Promise<void> {
    try {
      this.me = await api.me();
      const apart = Date.parse(this.me.now) - Date.now();
      this.skewMs = Math.abs(apart) > FAR_MS ? apart : 0;
      this.state = "in";
      localStorage.setItem(WAS_IN, "yes");
    } catch (trouble) {
      if (trouble instanceof Trouble && trouble.kind === "offline") this.state = "offline";
      else if (this.state === "in") this.#ended();
      else this.state = "out";
    }
    this.#looked = true;
  }

  async enter(shown: Parameters<typeof api.enter>[0]): Promise<void> {
    this.wrong = "";
    try {
      await api.enter(shown);
      await this.look();
    } catch (trouble) {
      this.state = "out";
      this.wrong = t(trouble instanceof Trouble && trouble.status === 429 ? "login.wait" : "login.wrong");
    }
  }

  tell(words: string, undo?: () => Promise<void>): void {
    clearTimeout(this.#timer);
    this.toast = undo ? { words, undo } : { words };
    this.#timer = window.setTimeout(() => (this.toast = null), UNDO_MS);
  }

  /** The service knows this browser no more; what is open says so, at the door. */
  #ended(): void {
    this.state = "out";
    localStorage.removeItem(WAS_IN);
    this.wrong = t("login.over");
  }

  /** Do something; say why where it fails. A session that has ended leads to the door. */
  async attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (trouble) {
      if (!(trouble instanceof Trouble)) throw trouble;
      if (trouble.status === 401) this.#ended();
      else if (this.#looked || trouble.kind !== "offline") this.tell(t("app.failed", { why: why(trouble) }));
      return undefined;
    }
  }
}

/** Why something failed, in words of ours. */
export function why(trouble: Trouble): string {
  const words = called("problem", trouble.kind);
  return words === trouble.kind ? trouble.title || t("problem.other") : words;
}

export const session = new Session();

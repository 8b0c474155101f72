/** Memos on their way: sent one after another, each with its progress, its end and a second try. */
import { api, offline, Trouble, type Analysed, type Job } from "./api";
import { keepsSound } from "./keeping";
import { session, why } from "./session.svelte";
import { zone } from "./zone";

export type Step = "waiting" | "sending" | "hearing" | "queued" | "running" | "done" | "failed" | "cancelled";
export const LARGEST_BYTES = 56 * 1024 * 1024;
const LOOK_AGAIN_MS = 1000;

export class Item {
  step = $state<Step>("waiting");
  share = $state(0);
  entryId = $state("");
  outcome = $state("");
  reason = $state("");
  request: XMLHttpRequest | null = null;

  constructor(
    readonly key: number,
    readonly file: File,
    readonly note: string,
    readonly tags: string,
    readonly spoken?: { recordedAt: string; zone: string },
  ) {}
}

export class Queue {
  items = $state<Item[]>([]);
  #busy = false;

  add(files: File[], note: string, tags: string): void {
    const first = this.items.length;
    this.items.push(...files.map((file, index) => new Item(first + index, file, note, tags)));
    void this.#work();
  }

  again(item: Item): void {
    [item.step, item.share, item.reason] = ["waiting", 0, ""];
    void this.#work();
  }

  cancel(item: Item): void {
    item.step = "cancelled";
    item.request?.abort();
  }

  async #work(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    for (let item = this.#following(); item; item = this.#following()) await deliver(item);
    this.#busy = false;
  }

  #following(): Item | undefined {
    return this.items.find((item) => item.step === "waiting");
  }
}

/** Send one, and follow it until it is an entry or is not; where this browser was let out, to the door. */
export async function deliver(item: Item): Promise<void> {
  try {
    if (item.file.size > LARGEST_BYTES) throw new Trouble("too_large", 413, "");
    const answer = await send(item);
    const ended = "state" in answer ? await followed(item, answer) : answer;
    [item.step, item.outcome, item.entryId] = ["done", ended.outcome ?? "", ended.entry_id ?? ""];
  } catch (trouble) {
    if (wasCancelled(item)) return;
    item.step = "failed";
    item.reason = trouble instanceof Trouble ? why(trouble) : String(trouble);
    if (trouble instanceof Trouble && trouble.status === 401) session.state = "out";
  }
}

const wasCancelled = (item: Item): boolean => item.step === "cancelled";

async function followed(item: Item, first: Job): Promise<Job> {
  let job = first;
  while (job.state === "queued" || job.state === "running") {
    [item.step, item.share] = [job.state, job.progress ?? 0];
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    if (wasCancelled(item)) throw new Trouble("cancelled", 0, "");
    job = await api.job(job.id);
  }
  if (job.error) throw new Trouble(job.error.type.split(":").at(-1) ?? "other", 422, job.error.title);
  return job;
}

function formOf(item: Item): FormData {
  const form = new FormData();
  form.set("file", item.file);
  form.set("zone", item.spoken?.zone ?? zone());
  if (item.spoken) form.set("recorded_at", item.spoken.recordedAt);
  if (item.note) form.set("note", item.note);
  if (item.tags.trim()) form.set("tags", item.tags);
  return form;
}

/** XMLHttpRequest, for fetch does not say how much was sent. */
function send(item: Item): Promise<Analysed | Job> {
  return new Promise((resolve, reject) => {
    const request = (item.request = new XMLHttpRequest());
    item.step = "sending";
    request.upload.onprogress = (event) => (item.share = event.loaded / event.total);
    request.upload.onload = () => (item.step = "hearing");
    request.onload = () => {
      const body = JSON.parse(request.responseText || "{}");
      if (request.status < 300) resolve(body as Analysed | Job);
      else reject(new Trouble(String(body.type ?? "other").split(":").at(-1) ?? "other", request.status, body.title ?? ""));
    };
    request.onerror = request.onabort = () => reject(offline());
    request.open("POST", keepsSound() ? "/v1/analyses?keep_audio=true" : "/v1/analyses?save=true");
    request.send(formOf(item));
  });
}

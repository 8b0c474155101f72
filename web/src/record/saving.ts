/** A tape becomes an entry, by the way that every memo takes. */
import { api } from "../lib/api";
import { session } from "../lib/session.svelte";
import { deliver, Item } from "../lib/uploads.svelte";
import type { Tape } from "./tape";

/** What a person says of it. */
export interface Said { note: string; tags: string; felt: number | undefined }

export function itemOf(tape: Tape, { note, tags }: Said): Item {
  const { startedAt: recordedAt, zone } = tape.label;
  return new Item(0, tape.wav(), note, tags, { recordedAt, zone });
}

/** Whether it is an entry now, with how somebody felt. Tried again, it is the same entry. */
export async function saved(item: Item, { felt }: Said): Promise<boolean> {
  await deliver(item);
  if (item.step !== "done") return false;
  return felt === undefined || Boolean(await session.attempt(() => api.change(item.entryId, { self_report: { valence: felt } })));
}

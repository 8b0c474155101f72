/** Recordings kept in this browser until they are saved or discarded, so that a crash loses none. */
import type { Label } from "./tape";
import { Tape } from "./tape";

const [NAME, LABELS, PIECES] = ["sottovoce", "recordings", "pieces"] as const;

export interface Left extends Label { seconds: number }

let opening: Promise<IDBDatabase> | null = null;

function opened(): Promise<IDBDatabase> {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(LABELS, { keyPath: "id" });
      request.result.createObjectStore(PIECES, { keyPath: ["id", "at"] });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opening;
}

/** One transaction; done when the browser says that it is written. */
async function within(mode: IDBTransactionMode, work: (labels: IDBObjectStore, pieces: IDBObjectStore) => void): Promise<void> {
  const transaction = (await opened()).transaction([LABELS, PIECES], mode);
  work(transaction.objectStore(LABELS), transaction.objectStore(PIECES));
  await new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

const piecesOf = (id: string): IDBKeyRange => IDBKeyRange.bound([id, 0], [id, Infinity]);

export const shelf = {
  /** Write what a tape holds after `at` samples, and its label. */
  async put(tape: Tape, at: number): Promise<number> {
    const sound = tape.after(at, Infinity);
    const left: Left = { ...tape.label, seconds: tape.seconds };
    await within("readwrite", (labels, pieces) => {
      labels.put(left);
      if (sound.length) pieces.put({ id: tape.label.id, at, sound });
    });
    return at + sound.length;
  },

  async all(): Promise<Left[]> {
    let found: Left[] = [];
    await within("readonly", (labels) => {
      const request = labels.getAll() as IDBRequest<Left[]>;
      request.onsuccess = () => (found = request.result);
    });
    return found.filter((one) => one.seconds > 0).sort((one, other) => one.startedAt.localeCompare(other.startedAt));
  },

  async take(label: Label): Promise<Tape> {
    const tape = new Tape(label);
    await within("readonly", (_labels, pieces) => {
      const request = pieces.getAll(piecesOf(label.id)) as IDBRequest<{ sound: Int16Array<ArrayBuffer> }[]>;
      request.onsuccess = () => request.result.forEach(({ sound }) => tape.add(sound));
    });
    return tape;
  },

  forget: (id: string): Promise<void> =>
    within("readwrite", (labels, pieces) => {
      labels.delete(id);
      pieces.delete(piecesOf(id));
    }),

  forgetAll: (): Promise<void> =>
    within("readwrite", (labels, pieces) => {
      labels.clear();
      pieces.clear();
    }),
};

/** An export on its way in: how far it is, what came of it, why it was refused. */
import { offline, Trouble, type Imported } from "./api";
import { why } from "./session.svelte";
import { t } from "./words.svelte";

export const LARGEST_EXPORT_BYTES = 512 * 1024 * 1024;

export class Importing {
  step = $state<"waiting" | "sending" | "reading" | "done" | "refused" | "cancelled">("waiting");
  share = $state(0);
  found = $state<Imported>({ added: 0, already_there: 0 });
  reason = $state("");
  #request: XMLHttpRequest | null = null;

  async start(file: File): Promise<void> {
    [this.step, this.share] = ["sending", 0];
    try {
      if (file.size > LARGEST_EXPORT_BYTES) throw new Trouble("export_too_large", 413, "");
      this.found = await this.#send(file);
      this.step = "done";
    } catch (trouble) {
      if (this.#cancelled()) return;
      this.step = "refused";
      this.reason = trouble instanceof Trouble ? why(trouble) : t("problem.other");
    }
  }

  cancel(): void {
    this.step = "cancelled";
    this.#request?.abort();
  }

  #cancelled = (): boolean => this.step === "cancelled";

  /** XMLHttpRequest, for fetch does not say how much was sent. */
  #send(file: File): Promise<Imported> {
    return new Promise((resolve, reject) => {
      const request = (this.#request = new XMLHttpRequest());
      request.upload.onprogress = ({ loaded, total }) => (this.share = loaded / total);
      request.upload.onload = () => (this.step = "reading");
      request.onload = () => (request.status === 200 ? resolve(JSON.parse(request.responseText)) : reject(refusal(request)));
      request.onerror = request.onabort = () => reject(offline());
      request.open("POST", "/v1/import");
      request.setRequestHeader("Content-Type", "application/zip");
      request.send(file);
    });
  }
}

function refusal({ status, responseText }: XMLHttpRequest): Trouble {
  const kind = /"urn:sottovoce:problem:(\w+)"/.exec(responseText)?.[1] ?? "other";
  return new Trouble(kind === "too_large" ? "export_too_large" : kind, status, "");
}

/** What the browser keeps of this page, so that it opens where the service is away. */

class Shell {
  newer = $state<ServiceWorker | null>(null);
  #asked = false;

  /** Where a browser keeps no pages (no secure context, a certificate it does not trust), there is none. */
  async begin(): Promise<void> {
    const place = "serviceWorker" in navigator ? navigator.serviceWorker : undefined;
    await place?.register("/sw.js").catch(() => undefined);
    const kept = await place?.getRegistration();
    if (!place || !kept) return;
    place.addEventListener("controllerchange", () => this.#asked && location.reload());
    if (place.controller) this.newer = kept.waiting;
    kept.addEventListener("updatefound", () => this.#watch(kept.installing));
  }

  #watch(coming: ServiceWorker | null): void {
    coming?.addEventListener("statechange", () => {
      if (coming.state === "installed" && navigator.serviceWorker.controller) this.newer = coming;
    });
  }

  renew(): void {
    this.#asked = true;
    this.newer?.postMessage("renew");
  }
}

export const shell = new Shell();

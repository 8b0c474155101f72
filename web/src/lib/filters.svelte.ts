/** What the journal is looked through for; it stays while list and calendar change places. */

class Filters {
  tag = $state("");
  emotion = $state("");
  felt = $state("");
  quality = $state("");

  /** What the service is asked for: only what was chosen. */
  get query(): Record<string, string> {
    const all = { tag: this.tag.trim(), emotion: this.emotion, felt: this.felt, quality: this.quality };
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value));
  }
  get any(): boolean {
    return Object.keys(this.query).length > 0;
  }
  clear(): void {
    [this.tag, this.emotion, this.felt, this.quality] = ["", "", "", ""];
  }
}

export const filters = new Filters();

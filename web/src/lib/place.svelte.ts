/** Which screen is shown. */
import { placeOf } from "./places";

class Where {
  now = $state(placeOf(location.hash));

  constructor() {
    addEventListener("hashchange", () => (this.now = placeOf(location.hash)));
  }

  /** Be somewhere without a way back to what stood in the address before. */
  settle(path: string): void {
    history.replaceState(null, "", `#/${path}`);
    this.now = placeOf(location.hash);
  }

  go(path: string): void {
    location.hash = `#/${path}`;
  }
}

export const where = new Where();

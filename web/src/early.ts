/** Runs before the page has come: sends for the screen of the address, and for what it will ask. */
import { addresses, firstOf } from "./lib/addresses";
import { askEarly, forgetEarly } from "./lib/early";
import { codeIn, placeOf } from "./lib/places";
import { SCREENS } from "./lib/screens";

if (!codeIn(location.hash)) {
  const { screen, id } = placeOf(location.hash);
  askEarly([addresses.me, ...firstOf(screen, id)]);
  addEventListener("hashchange", forgetEarly);
  void SCREENS[screen]?.().catch(() => undefined);
}

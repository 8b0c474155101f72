/** Whether the sound of memos is kept too: off, unless it was turned on in this browser. */
const CHOSEN = "keep_sound";
const YES = "yes";

export const keepsSound = (): boolean => localStorage.getItem(CHOSEN) === YES;

export function keepSound(wanted: boolean): void {
  if (wanted) localStorage.setItem(CHOSEN, YES);
  else localStorage.removeItem(CHOSEN);
}

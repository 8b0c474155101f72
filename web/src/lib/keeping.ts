/** What this browser keeps besides figures: off, unless it was turned on here. */
const SOUND = "keep_sound";
const WORDS = "keep_words";
const YES = "yes";

const chosen = (what: string): boolean => localStorage.getItem(what) === YES;

function choose(what: string, wanted: boolean): void {
  if (wanted) localStorage.setItem(what, YES);
  else localStorage.removeItem(what);
}

/** Whether the sound of memos is kept too. */
export const keepsSound = (): boolean => chosen(SOUND);
export const keepSound = (wanted: boolean): void => choose(SOUND, wanted);

/** Whether a memo has room for what was said in it. */
export const keepsWords = (): boolean => chosen(WORDS);
export const keepWords = (wanted: boolean): void => choose(WORDS, wanted);

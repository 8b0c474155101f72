/** The time zone that memos are dated in: the browser's, unless another was chosen here. */
const CHOSEN = "zone";

export const browserZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
export const zone = (): string => localStorage.getItem(CHOSEN) ?? browserZone();
export const chooseZone = (name: string): void => localStorage.setItem(CHOSEN, name);

/** All there are, that of this browser among them. */
export const zones = (): string[] => [...new Set([zone(), browserZone(), ...Intl.supportedValuesOf("timeZone")])].sort();

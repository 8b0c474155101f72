/** The colours of the page, for what is drawn by hand. */
export const colour = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

export const plainFont = (): string => `13px ${getComputedStyle(document.body).fontFamily}`;

/** Figures and dates by the rules of a language; each format is made once, for making one takes as long as a hundred uses. */
const figures = new Map<string, Intl.NumberFormat>();
const dates = new Map<string, Intl.DateTimeFormat>();
const plurals = new Map<string, Intl.PluralRules>();

function once<T>(kept: Map<string, T>, key: string, make: () => T): T {
  const made = kept.get(key) ?? make();
  kept.set(key, made);
  return made;
}

export const written = (value: number, language: string, options: Intl.NumberFormatOptions): string =>
  once(figures, language + JSON.stringify(options), () => new Intl.NumberFormat(language, options)).format(value);

/** As clocks at UTC show it. */
export const dated = (date: Date, language: string, options: Intl.DateTimeFormatOptions): string =>
  once(dates, language + JSON.stringify(options), () => new Intl.DateTimeFormat(language, { ...options, timeZone: "UTC" })).format(date);

export const pluralOf = (count: number, language: string): Intl.LDMLPluralRule =>
  once(plurals, language, () => new Intl.PluralRules(language)).select(count);

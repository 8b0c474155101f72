/** Sentences from a catalogue: named figures put in, plurals by the rules of the language. */
import { pluralOf } from "../lib/formats";
import type { Catalogue, Key, Plural } from "./en";

export type Figures = Record<string, string | number>;

const PLACE = /\{(\w+)\}/g;

export function say(catalogue: Catalogue, language: string, key: Key, figures: Figures = {}): string {
  const found = catalogue[key];
  const sentence = typeof found === "string" ? found : plural(found, language, figures);
  return sentence.replace(PLACE, (whole, name: string) => String(figures[name] ?? whole));
}

function plural(forms: Plural, language: string, figures: Figures): string {
  const one = pluralOf(Number(figures.count), language) === "one";
  return one ? forms.one : forms.other;
}

/** The placeholders of a sentence, sorted. */
export function places(sentence: string): string[] {
  return [...sentence.matchAll(PLACE)].map((match) => match[1] ?? "").sort();
}

const ACCENTS: Record<string, string> = { a: "å", e: "é", i: "ï", o: "ø", u: "ü", c: "ç", n: "ñ", s: "š" };

/** A made-up language a third longer than English: what is not in a catalogue stays plain. */
export function pseudo(sentence: string): string {
  const parts = sentence.split(/(\{\w+\})/);
  const strange = parts.map((part) => (part.startsWith("{") ? part : part.replace(/[a-z]/g, (one) => ACCENTS[one] ?? one)));
  return `⟦${strange.join("")}${"·".repeat(Math.ceil(sentence.length / 3))}⟧`;
}

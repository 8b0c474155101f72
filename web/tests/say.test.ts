import { describe, expect, it } from "vitest";
import { de } from "../src/i18n/de";
import { en, type Key, type Plural } from "../src/i18n/en";
import { places, pseudo, say } from "../src/i18n/say";

const KEYS = Object.keys(en) as Key[];
const forms = (one: string | Plural): string[] => (typeof one === "string" ? [one] : [one.one, one.other]);
const BANNED = /diagnos|disorder|depress(ed|ion)|abnormal|you are (stressed|angry|sad)|\blie detect|störung|krankhaft/i;

describe("the catalogues", () => {
  it("know the same sentences", () => expect(Object.keys(de).sort()).toEqual([...KEYS].sort()));

  it.each(KEYS)("%s holds the same figures in every language", (key) => {
    const [english, german] = [en, de].map((one) => forms(one[key]).map(places));
    expect(german).toEqual(english);
  });

  it.each(KEYS)("%s diagnoses nobody", (key) => {
    for (const sentence of [...forms(en[key]), ...forms(de[key])]) expect(sentence).not.toMatch(BANNED);
  });
});

describe("say", () => {
  it("puts figures in", () => expect(say(en, "en", "today.learning", { day: 4, days: 14 })).toBe("Learning your usual: day 4 of 14"));
  it("counts as the language does", () => {
    expect(say(en, "en", "journal.left", { count: 1 })).toBe("1 day left");
    expect(say(de, "de", "journal.left", { count: 0 })).toBe("noch 0 Tage");
  });
  it("leaves a place without a figure as it is", () => expect(say(en, "en", "add.open")).toBe("Open {name}"));
});

describe("the pseudo-locale", () => {
  it.each(KEYS)("%s keeps its figures and grows", (key) => {
    for (const sentence of forms(en[key])) {
      const strange = pseudo(sentence);
      expect(places(strange)).toEqual(places(sentence));
      expect(strange.length).toBeGreaterThanOrEqual(Math.floor(sentence.length * 1.3));
    }
  });
});

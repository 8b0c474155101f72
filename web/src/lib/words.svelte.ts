/** What the page speaks, and how it looks; kept in this browser. */
import german from "../i18n/de.ts?sentences";
import { en, type Catalogue, type Key, type Plural } from "../i18n/en";
import { pseudo, say, type Figures } from "../i18n/say";

export const LANGUAGES = { en: "English", de: "Deutsch" } as const;
export type Language = keyof typeof LANGUAGES;
export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const strange = (one: string | Plural): string | Plural =>
  typeof one === "string" ? pseudo(one) : { one: pseudo(one.one), other: pseudo(one.other) };
const made = () =>
  Object.fromEntries(Object.entries(en).map(([key, one]) => [key, strange(one)])) as Catalogue;

const KEYS = Object.keys(en) as Key[];
/** Where the sentences of a language are that does not come with the page. */
const ELSEWHERE: Partial<Record<Language, string>> = { de: german };
const DARK = matchMedia("(prefers-color-scheme: dark)");

const known = <T extends string>(value: string | null, all: readonly T[], other: T): T =>
  all.find((one) => one === value) ?? other;
const languages = Object.keys(LANGUAGES) as Language[];

/** Whether a name of a language is one; some systems give others, such as en-US@posix. */
function isWritten(name: string): boolean {
  try {
    return Intl.getCanonicalLocales(name).length === 1;
  } catch {
    return false;
  }
}

function foreign(asked: string, spoken: Language): string {
  const code = asked.split("-")[0] ?? "";
  if (code in LANGUAGES || !isWritten(asked)) return "";
  return new Intl.DisplayNames(spoken, { type: "language" }).of(code) ?? code;
}

class Choices {
  language = $state<Language>(
    known(localStorage.getItem("language"), languages, known(navigator.language.slice(0, 2), languages, "en")),
  );
  theme = $state<Theme>(known(localStorage.getItem("theme"), THEMES, "system"));
  systemDark = $state(DARK.matches);
  strange = $state(false);
  /** The reader's own kind of the language, for dates and figures. */
  locale = $derived(navigator.languages.find((one) => one.startsWith(this.language) && isWritten(one)) ?? this.language);
  /** What the browser asks for and is not spoken here; empty where it is. */
  unknown = $derived(foreign(navigator.language, this.language));
  dark = $derived(this.theme === "system" ? this.systemDark : this.theme === "dark");
  fetched = $state.raw<Partial<Record<Language, Catalogue>>>({});
  catalogue = $derived(this.strange ? made() : (this.fetched[this.language] ?? en));

  constructor() {
    DARK.addEventListener("change", (change) => (this.systemDark = change.matches));
  }

  /** Fetch the sentences of the chosen language; where that fails, English is spoken. */
  async learn(): Promise<void> {
    const language = this.language;
    const address = ELSEWHERE[language];
    if (!address || this.fetched[language]) return;
    const answer = await fetch(address).catch(() => undefined);
    const sentences = answer?.ok ? ((await answer.json()) as (string | Plural)[]) : undefined;
    if (!sentences) return;
    const learnt = Object.fromEntries(KEYS.map((key, place) => [key, sentences[place]])) as Catalogue;
    this.fetched = { ...this.fetched, [language]: learnt };
  }

  keep(): void {
    localStorage.setItem("language", this.language);
    localStorage.setItem("theme", this.theme);
  }
}

export const choices = new Choices();

/** A sentence in the chosen language. */
export const t = (key: Key, figures?: Figures): string =>
  say(choices.catalogue, choices.language, key, figures);

const EMOTION = "emotion_";

/** What a measure is called: an index, a share that sounded some way, a measure of the voice. */
export const measured = (name: string): string =>
  name.startsWith(EMOTION) ? t("trends.sounded", { emotion: called("emotion", name.slice(EMOTION.length)) }) : called("measure", name);

/** What a measure, emotion … is called; its own name where the catalogue has none. */
export const called = (kind: string, name: string): string => {
  const key = `${kind}.${name}`;
  return key in en ? t(key as Key) : name;
};

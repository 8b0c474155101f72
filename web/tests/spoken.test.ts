import { expect, it } from "vitest";

const FILES = import.meta.glob<string>("../src/**/*.svelte", { query: "?raw", import: "default", eager: true });
const NAMES = ["Sottovoce", "SHA-256"]; // the same in every language

/** The words that a component shows and that no catalogue knows. */
function words(source: string): string[] {
  let text = source.replace(/<script[\s\S]*?<\/script>|<style[\s\S]*?<\/style>|<!--[\s\S]*?-->/g, "");
  for (let before = ""; before !== text; ) [before, text] = [text, text.replace(/\{[^{}]*\}/g, "")];
  const shown = text.replace(/<(?:"[^"]*"|[^>"])*>/g, "\n");
  const attributes = [...text.matchAll(/(?:aria-label|title|alt|placeholder)="([^"]+)"/g)].map(([, told]) => told ?? "");
  return [...shown.split("\n"), ...attributes].map((one) => one.trim()).filter((one) => /\p{L}{2,}/u.test(one) && !NAMES.includes(one));
}

it("a word that is not in a catalogue is found", () => {
  expect(words('<p title="So {much}">{t("app.undo")} Right</p><script>const no = "no";</script>')).toEqual(["Right", "So"]);
});

it.each(Object.keys(FILES))("%s shows only what the catalogues say", (name) => {
  expect(words(FILES[name] ?? "")).toEqual([]);
});

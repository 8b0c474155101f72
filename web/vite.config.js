import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import { catalogues } from "./catalogues.js";
import { EARLY, first } from "./first.js";
import { shell } from "./shell.js";

/** wavesurfer.js brings its style as an element, which our content policy refuses: as text, Wave.svelte adopts it. */
const styleAsText = {
  name: "style-as-text",
  transform(code, id) {
    if (!id.endsWith("wavesurfer.esm.js")) return undefined;
    const changed = code.replace(/<style\$\{.*?:""\}>/, "<x-style hidden>").replace("</style>", "</x-style>");
    if (changed.includes("<style") || !changed.includes("<x-style")) throw new Error("wavesurfer.js brings its style in another way now");
    return { code: changed, map: null };
  },
};

/** What only one screen needs, or two that are near each other, comes with it: not smaller, for small files pack badly. */
const SCREENS = {
  trends: /uplot|screens\/Trends|parts\/(Chart|Hours|Levels|Agreeing)|lib\/(plot|telling)/,
  memos: /screens\/(Entry|Journal)|parts\/(Timeline|Why|Ranges|Stretches|OwnWord|Filters|Month)|lib\/(lanes|calendar|filters)/,
  add: /screens\/Add|parts\/(Upload|QueueLine)|record\/((Record|First|Live|Meter|Now|Review|Left|Notices|Spoken|Sounded|Failure)\.svelte|trace|trial)/,
  settings: /screens\/Settings|src\/settings\/|parts\/Erase|lib\/importing/,
  wave: /wavesurfer|parts\/Wave\./,
};
const ALONE = /web\/worker\//;
const apart = [...Object.values(SCREENS), ALONE];
const groups = [
  { name: "early", priority: 4, test: EARLY },
  { name: "words", priority: 3, test: /src\/i18n/ },
  { name: "page", priority: 2, test: (id) => !apart.some((one) => one.test(id)) },
  ...Object.entries(SCREENS).map(([name, test]) => ({ name, priority: 1, test })),
];

export default defineConfig({
  plugins: [svelte(), catalogues(), styleAsText, first(), shell()],
  base: "/",
  resolve: { conditions: ["browser"] },
  build: {
    outDir: "../src/sottovoce/server/web",
    emptyOutDir: true,
    assetsInlineLimit: 0, // nothing is inline: the content policy has no exceptions
    modulePreload: { polyfill: false },
    target: "es2022",
    rolldownOptions: { output: { codeSplitting: { groups } } },
  },
  server: { proxy: { "/v1": "http://127.0.0.1:8377" } },
  test: { include: ["tests/**/*.test.ts"] },
});

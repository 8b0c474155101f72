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

/** Few files, for small ones pack badly: what Today needs, what the other screens need, and what is large and needed by one. */
const TRENDS = /uplot|screens\/Trends|parts\/(Chart|Hours|Levels|Agreeing)|lib\/(plot|telling)/;
const WAVE = /wavesurfer|parts\/Wave\./;
const REST = new RegExp(
  [
    "screens/(Add|Entry|Journal|Settings)|src/settings/",
    "parts/(Erase|Filters|Month|OwnWord|QueueLine|Ranges|Said|Stretches|Timeline|Upload|Why)\\.",
    "record/(Failure|First|Left|Live|Meter|Notices|Now|Record|Review|Sounded|Spoken|trace|trial)\\.",
    "lib/(calendar|filters|importing|lanes)\\.",
  ].join("|"),
);
const ALONE = /web\/worker\//;
const apart = [TRENDS, WAVE, REST, ALONE];
const groups = [
  { name: "early", priority: 4, test: EARLY },
  { name: "words", priority: 3, test: /src\/i18n/ },
  { name: "page", priority: 2, test: (id) => !apart.some((one) => one.test(id)) },
  { name: "wave", priority: 1, test: WAVE },
  { name: "trends", priority: 1, test: TRENDS },
  { name: "rest", priority: 1, test: REST },
];

export default defineConfig({
  plugins: [svelte(), catalogues(), styleAsText, first(), shell()],
  base: "/",
  resolve: { conditions: ["browser"] },
  build: {
    outDir: "../src/sottovoce/server/web",
    emptyOutDir: true,
    assetsInlineLimit: 0, // nothing is inline: the content policy has no exceptions
    modulePreload: false, // what is wanted early stands in the page: see first.js
    cssCodeSplit: false,
    target: "es2022",
    rolldownOptions: { output: { codeSplitting: { groups } } },
  },
  server: { proxy: { "/v1": "http://127.0.0.1:8377" } },
  test: { include: ["tests/**/*.test.ts"] },
});

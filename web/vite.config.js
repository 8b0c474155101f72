import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import { catalogues } from "./catalogues.js";
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

/** Few files, for small ones pack badly; what only one screen needs comes with that screen. */
const TRENDS = /uplot|screens\/Trends|parts\/(Chart|Hours|Agreeing)|lib\/(plot|telling)/;
const WAVE = /wavesurfer|parts\/Wave\./;
const ALONE = /web\/worker\//;
const groups = [
  { name: "words", priority: 3, test: /src\/i18n/ },
  { name: "page", priority: 2, test: (id) => ![TRENDS, WAVE, ALONE].some((one) => one.test(id)) },
  { name: "wave", priority: 1, test: WAVE },
  { name: "trends", priority: 1, test: TRENDS },
];

export default defineConfig({
  plugins: [svelte(), catalogues(), styleAsText, shell()],
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

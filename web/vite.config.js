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
  },
  server: { proxy: { "/v1": "http://127.0.0.1:8377" } },
  test: { include: ["tests/**/*.test.ts"] },
});

import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import { shell } from "./shell.js";

export default defineConfig({
  plugins: [svelte(), shell()],
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

/** Puts the service worker into the build, with the list of files that it keeps and their digest. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";

const WORKER = "sw.js";

export function shell() {
  return {
    name: "shell",
    apply: "build",
    enforce: "post",
    buildStart() {
      this.emitFile({ type: "chunk", id: "worker/shell.ts", fileName: WORKER });
    },
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const { [WORKER]: worker, ...built } = bundle;
        const files = [...pieces(built), ...handmade("public")].sort();
        const digest = createHash("sha256").update(JSON.stringify(files)).update(worker.code);
        worker.code = filledIn(worker.code, digest.digest("hex").slice(0, 16), files.map(([path]) => path));
      },
    },
  };
}

/** Paths and contents of what was built; the page itself is at the root. */
function pieces(bundle) {
  const path = (name) => (name === "index.html" ? "/" : `/${name}`);
  return Object.values(bundle).map((one) => [path(one.fileName), one.code ?? one.source.toString()]);
}

function handmade(folder) {
  return readdirSync(folder).map((name) => [`/${name}`, readFileSync(`${folder}/${name}`, "base64")]);
}

function filledIn(code, build, files) {
  return `const BUILD=${JSON.stringify(build)},FILES=${JSON.stringify(files)};${code}`;
}

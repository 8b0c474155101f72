/** Every language but English is data, not script: its sentences, in the order of English, fetched by who reads it. */
import { runnerImport } from "vite";

const ASKED = "?sentences";

export function catalogues() {
  let building = false;
  return {
    name: "catalogues",
    enforce: "pre",
    configResolved: (config) => void (building = config.command === "build"),
    async load(id) {
      if (!id.endsWith(ASKED)) return undefined;
      const source = await sentences(id.slice(0, -ASKED.length));
      if (!building) return `export default ${JSON.stringify(`data:application/json,${encodeURIComponent(source)}`)}`;
      const name = id.slice(id.lastIndexOf("/") + 1, -(".ts".length + ASKED.length));
      const file = this.emitFile({ type: "asset", name: `${name}.json`, source });
      return `export default import.meta.ROLLUP_FILE_URL_${file}`;
    },
  };
}

async function sentences(file) {
  const [{ module: english }, { module: other }] = [
    await runnerImport("./src/i18n/en.ts"), await runnerImport(file),
  ];
  const [catalogue] = Object.values(other);
  return JSON.stringify(Object.keys(english.en).map((key) => catalogue[key]));
}

/** Names in the page what comes beside its main part; what sends for the first screen runs as soon as it is there. */

export const EARLY = /src\/early\.ts|lib\/(addresses|early|places|screens)\.ts|vite\/preload-helper/;
/** With one style sheet for all, there is nothing to fetch before a part of the script. */
const HELPER = "\0vite/preload-helper.js";

export function first() {
  return {
    name: "first",
    apply: "build",
    enforce: "pre",
    load: (id) => (id === HELPER ? "export const __vitePreload = (part) => part();" : undefined),
    transformIndexHtml: {
      order: "post",
      handler(_html, { bundle }) {
        const named = (name) => `/${Object.values(bundle).find((one) => one.name === name).fileName}`;
        const soon = ["words", "rolldown-runtime"].map((name) => ({ tag: "link", attrs: { rel: "modulepreload", crossorigin: true, href: named(name) }, injectTo: "head" }));
        return [{ tag: "script", attrs: { type: "module", crossorigin: true, src: named("early"), async: true }, injectTo: "head" }, ...soon];
      },
    },
  };
}

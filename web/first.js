/** Lets the part that sends for the first screen run as soon as it is there, while the rest is still coming. */

export const EARLY = /src\/early\.ts|lib\/(addresses|early|places|screens)\.ts|vite\/preload-helper/;
const PRELOAD = /<link rel="modulepreload"([^>]*) href="(\/assets\/early-[^"]+)">/;

export function first() {
  return {
    name: "first",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler(html) {
        if (!PRELOAD.test(html)) throw new Error("the early part is not a file of its own any more");
        return html.replace(PRELOAD, '<script type="module" async$1 src="$2"></script>');
      },
    },
  };
}

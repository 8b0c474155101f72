/** The address of a language's sentences: see catalogues.js. */
declare module "*?sentences" {
  const address: string;
  export default address;
}

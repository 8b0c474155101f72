/** Answers that were asked for while the page itself was still coming: each is for the first who wants it. */
const coming = new Map<string, Promise<Response | undefined>>();

export function askEarly(paths: readonly string[]): void {
  for (const path of paths) coming.set(path, fetch(path).catch(() => undefined));
}

/** A good answer that is there or on its way; nothing where there is none. */
export async function early(path: string): Promise<Response | undefined> {
  const asked = coming.get(path);
  coming.delete(path);
  const answer = await asked;
  return answer?.ok ? answer : undefined;
}

/** What nobody has wanted yet is old by now. */
export const forgetEarly = (): void => coming.clear();

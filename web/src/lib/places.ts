/** Where somebody is, as it stands in the address after #, which browsers send to nobody. */

export interface Place {
  screen: string;
  id: string;
}

export function placeOf(hash: string): Place {
  const [screen = "", id = ""] = hash.replace(/^#\/?/, "").split("/");
  return { screen: screen || "today", id };
}

/** The code of a link that lets in; empty where the address holds none. */
export const codeIn = (hash: string): string => /^#code=([\w-]+)$/.exec(hash)?.[1] ?? "";

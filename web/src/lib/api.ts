/** The service, spoken to with the types of its own description. */
import { addresses } from "./addresses";
import { early } from "./early";
import { shown, type Said } from "./said";
import type { components } from "./schema";
import { zone } from "./zone";

type Schemas = components["schemas"];
export type Entry = Schemas["EntryAnswer"];
export type Peaks = Schemas["Peaks"];
export type Tags = Schemas["TagsAnswer"];
export type Usuals = Schemas["UsualsAnswer"];
export type EntryPage = Schemas["EntryPage"];
export type EntryPatch = Partial<Schemas["EntryPatch"]>;
export type Alerts = Schemas["AlertsAnswer"];
export type RuleState = Schemas["RuleState"];
export type Models = Schemas["ModelsAnswer"];
export type Trends = Schemas["TrendsAnswer"];
export type Analysed = Schemas["Analysed"];
export type Job = Schemas["JobAnswer"];
export type Analysis = Schemas["Analysis"];
export type Index = Schemas["Index"];
export type Imported = Schemas["ImportedAnswer"];
export type Examples = Schemas["ExamplesAnswer"];
export type Me = Schemas["Me"];
export type Channels = Schemas["Channels"];
export type AlertsChange = Partial<Schemas["AlertsChange"]>;
export type RuleChange = Partial<Schemas["RuleChange"]>;
export type Tokens = Schemas["TokensAnswer"];
export type Token = Schemas["TokenAnswer"];
export type NewToken = Schemas["NewToken"];
export type TokenWish = Schemas["TokenWish"];
export type Visits = Schemas["VisitsAnswer"];
export type Receipt = Schemas["ErasureReceipt"];

const PROBLEM = "urn:sottovoce:problem:";

/** An answer that is none of the good ones; `kind` is the last part of the problem's type. */
export class Trouble extends Error {
  constructor(
    readonly kind: string,
    readonly status: number,
    readonly title: string,
  ) {
    super(title);
  }
}

export const offline = (): Trouble => new Trouble("offline", 0, "");

export async function troubleOf(answer: Response): Promise<Trouble> {
  const body = (await answer.json().catch(() => ({}))) as Partial<Schemas["Problem"]>;
  return new Trouble(String(body.type ?? "").replace(PROBLEM, "") || "other", answer.status, body.title ?? "");
}

async function ask<T>(path: string, options: RequestInit = {}): Promise<T> {
  const soon = options.method ? undefined : await early(path);
  const answer = soon ?? (await fetch(path, options).catch(() => {
    throw offline();
  }));
  if (!answer.ok) throw await troubleOf(answer);
  return (answer.status === 204 ? undefined : await answer.json()) as T;
}

const json = (method: string, body: unknown): RequestInit => ({
  method,
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify(body),
});
/** The words that were kept with a memo; null where none were, which is no trouble. */
async function said(id: string): Promise<Said | null> {
  try {
    const { transcript } = await ask<{ transcript: Parameters<typeof shown>[0] }>(`/v1/entries/${id}/transcript`);
    return shown(transcript);
  } catch (trouble) {
    if (trouble instanceof Trouble && trouble.kind === "no_entry") return null;
    throw trouble;
  }
}
export const audioOf = (id: string): string => `/v1/entries/${id}/audio`;

export const api = {
  enter: (shown: { secret: string } | { name: string; password: string }) => ask<void>("/v1/session", json("POST", shown)),
  leaveEverywhere: () => ask<void>("/v1/sessions", { method: "DELETE" }),
  changePassword: (old: string, fresh: string) => ask<void>("/v1/password", json("PUT", { old, new: fresh })),
  leave: () => ask<void>("/v1/session", { method: "DELETE" }),
  entries: (query: Record<string, string>) => ask<EntryPage>(addresses.entries(query)),
  following: (next: string) => ask<EntryPage>(next),
  entry: (id: string) => ask<Entry>(addresses.entry(id)),
  peaks: (id: string, n: number) => ask<Peaks>(`/v1/entries/${id}/peaks?n=${n}`),
  said,
  keepSaid: (id: string, said: Said) => ask<void>(`/v1/entries/${id}/transcript`, json("PUT", said)),
  eraseSaid: (id: string) => ask<void>(`/v1/entries/${id}/transcript`, { method: "DELETE" }),
  usuals: (id: string) => ask<Usuals>(`/v1/entries/${id}/usual`),
  tags: (part: string) => ask<Tags>(`/v1/tags?${new URLSearchParams({ part })}`),
  change: (id: string, change: EntryPatch) => ask<Entry>(`/v1/entries/${id}`, json("PATCH", change)),
  remove: (id: string) => ask<void>(`/v1/entries/${id}`, { method: "DELETE" }),
  erase: (id: string) => ask<void>(`/v1/entries/${id}?for_good=true`, { method: "DELETE" }),
  restore: (id: string) => ask<unknown>(`/v1/entries/${id}/restore`, { method: "POST" }),
  trends: (measure: string, weeks: number) => ask<Trends>(addresses.trends(measure, weeks)),
  alerts: () => ask<Alerts>(addresses.alerts),
  changeAlerts: (change: AlertsChange) => ask<Alerts>("/v1/alerts", json("PATCH", change)),
  rule: (rule: string, change: RuleChange) => ask<RuleState>(`/v1/alerts/${rule}`, json("PUT", change)),
  channels: () => ask<Channels>("/v1/channels"),
  addChannel: (address: string) => ask<unknown>("/v1/channels", json("POST", { address })),
  dropChannel: (id: string) => ask<void>(`/v1/channels/${id}`, { method: "DELETE" }),
  testChannels: () => ask<{ sent: number }>("/v1/test-alert", { method: "POST" }),
  me: () => ask<Me>(addresses.me),
  tokens: () => ask<Tokens>("/v1/tokens"),
  makeToken: (wish: TokenWish) => ask<NewToken>("/v1/tokens", json("POST", wish)),
  dropToken: (id: string) => ask<void>(`/v1/tokens/${id}`, { method: "DELETE" }),
  visits: () => ask<Visits>("/v1/visits?limit=20"),
  models: () => ask<Models>("/v1/models"),
  job: (id: string) => ask<Job>(`/v1/jobs/${id}`),
  addExamples: () => ask<Examples>(`/v1/examples?${new URLSearchParams({ zone: zone() })}`, { method: "PUT" }),
  removeExamples: () => ask<Examples>("/v1/examples", { method: "DELETE" }),
  eraseEverything: () => ask<Receipt>("/v1/erase", json("POST", { everything: true })),
};

/** What the screens ask the service for first. */
export const addresses = {
  me: "/v1/me",
  alerts: "/v1/alerts",
  entries: (query: Record<string, string>) => `/v1/entries?${new URLSearchParams(query)}`,
  entry: (id: string) => `/v1/entries/${id}`,
  trends: (measure: string, weeks: number) => `/v1/trends?measure=${measure}&weeks=${weeks}`,
};

/** How many memos the journal shows at once. */
export const PAGE = "30";

/** How far back a screen looks: with a glance at your band, and in Trends until another span is chosen. */
export const GLANCE_WEEKS = 4;
export const TRENDS_WEEKS = 12;

/** What a screen needs before it can show itself. */
export function firstOf(screen: string, id: string): string[] {
  const glance = addresses.trends("stress", GLANCE_WEEKS);
  if (screen === "today") return [addresses.entries({ limit: "1" }), glance, addresses.alerts];
  if (screen === "journal" && !id) return [addresses.entries({ limit: PAGE })];
  if (screen === "entry") return [addresses.entry(id), glance];
  if (screen === "trends") return [addresses.trends(id || "stress", TRENDS_WEEKS)];
  return [];
}

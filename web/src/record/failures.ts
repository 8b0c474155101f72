/** Why there is no microphone: six reasons, each with a remedy of its own in the catalogue. */
export const FAILURES = ["unsupported", "insecure", "refused", "system", "none", "busy"] as const;
export type Failure = (typeof FAILURES)[number];

/** Why this page could not even ask; null where it can. A page that is not secure has no devices either, so that comes first. */
export function unable(page: { isSecureContext: boolean; navigator: { mediaDevices?: unknown }; AudioWorkletNode?: unknown }): Failure | null {
  if (!page.isSecureContext) return "insecure";
  return page.navigator.mediaDevices && page.AudioWorkletNode ? null : "unsupported";
}

/** What a refusal means. Where the site may listen and still cannot, or the browser says so, it is the system that forbids it. */
export function failureOf(error: { name: string; message: string }, allowed: PermissionState | "unknown"): Failure {
  if (error.name === "NotAllowedError" || error.name === "SecurityError") {
    return allowed === "granted" || /by system|platform settings/i.test(error.message) ? "system" : "refused";
  }
  if (error.name === "NotFoundError" || error.name === "OverconstrainedError") return "none";
  if (error.name === "NotSupportedError" || error.name === "TypeError") return "unsupported";
  return "busy";
}

/** What the browser says of this site and the microphone, and goes on saying; not every browser tells. */
export const permissionStatus = (): Promise<PermissionStatus | null> =>
  navigator.permissions.query({ name: "microphone" as PermissionName }).catch(() => null);

export const permission = async (): Promise<PermissionState | "unknown"> => (await permissionStatus())?.state ?? "unknown";

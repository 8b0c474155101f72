/** The microphones of this device, and the one that was chosen in this browser. */
const CHOSEN = "microphone";

export const chosen = (): string => localStorage.getItem(CHOSEN) ?? "";
export const choose = (id: string): void => localStorage.setItem(CHOSEN, id);

/** All there are; without names, so none, until one was allowed. */
export async function microphones(): Promise<MediaDeviceInfo[]> {
  return (await navigator.mediaDevices.enumerateDevices()).filter((one) => one.kind === "audioinput" && one.deviceId);
}

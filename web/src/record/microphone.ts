/** A microphone as it is: nothing that a browser does to make a voice pleasant. */
import { chosen } from "../lib/microphones";
import { permissionStatus } from "./failures";
import address from "./tap.worklet.ts?worker&url";

/** Fifty milliseconds, and when they were over by the clock of this device. */
export interface Piece { pcm: Int16Array<ArrayBuffer>; atMs: number }
export interface Ears {
  heard: (piece: Piece) => void;
  ended: () => void;
  muted: (is: boolean) => void;
}

/** What is thrown where the service did not give the part of the page that listens. */
export const AWAY = "NetworkError";
const PLAIN = { echoCancellation: false, noiseSuppression: false, autoGainControl: false } as const;

export class Microphone {
  #context: AudioContext;
  #track: MediaStreamTrack;

  private constructor(context: AudioContext, track: MediaStreamTrack) {
    [this.#context, this.#track] = [context, track];
  }

  /** Ask for it and listen; what `getUserMedia` throws is thrown. */
  static async open(ears: Ears): Promise<Microphone> {
    const context = new AudioContext();
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: { ...PLAIN, channelCount: 1, ...wanted() } });
      const [track] = stream.getAudioTracks();
      if (!track) throw new DOMException("", "NotFoundError");
      await listen(context, stream, ears);
      const made = new Microphone(context, track);
      const status = await permissionStatus();
      if (status) status.onchange = () => status.state === "denied" && made.#track.onended?.(new Event("ended"));
      track.onended = ears.ended;
      track.onmute = () => ears.muted(true);
      track.onunmute = () => ears.muted(false);
      return made;
    } catch (error) {
      await context.close();
      throw error;
    }
  }

  /** What the browser does to the sound although it was asked not to. */
  get altered(): boolean {
    const granted = this.#track.getSettings();
    return Boolean(granted.echoCancellation || granted.noiseSuppression || granted.autoGainControl);
  }

  /** Off, at once: the browser's own sign goes out. */
  close(): void {
    this.#track.onended = this.#track.onmute = this.#track.onunmute = null;
    this.#track.stop();
    void this.#context.close();
  }
}

async function listen(context: AudioContext, stream: MediaStream, ears: Ears): Promise<void> {
  await context.audioWorklet.addModule(address).catch(() => {
    throw new DOMException("", AWAY);
  });
  const tap = new AudioWorkletNode(context, "tap", { channelCount: 1, channelCountMode: "explicit" });
  tap.port.onmessage = ({ data }: MessageEvent<Piece>) => ears.heard(data);
  context.createMediaStreamSource(stream).connect(tap);
  tap.connect(context.destination); // silent; without a way out some browsers do not run it
  await context.resume();
}

const wanted = (): MediaTrackConstraints => (chosen() ? { deviceId: { ideal: chosen() } } : {});

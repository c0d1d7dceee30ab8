import type { GuestEnd } from './guest-process.js';
import { frameHeaderBytes, frames, type GuestRequest } from './protocol.js';

const order = [frames.started, frames.outcome, frames.tape] as const;

/** Reads a child's frames. A frame that announces more than it may hold is refused before its bytes are taken. */
export class AnswerReader {
  readonly #limits: readonly number[];
  readonly #payloads: Uint8Array[] = [];
  readonly #header = new Uint8Array(frameHeaderBytes);
  #headerBytes = 0;
  #payload: Uint8Array | null = null;
  #payloadBytes = 0;

  constructor({ outcomeBytes, tapeBytes }: Pick<GuestRequest, 'outcomeBytes' | 'tapeBytes'>) {
    this.#limits = [0, outcomeBytes, tapeBytes];
  }

  /** Takes what arrived: more is to come, the strategy has started, or this is the end. */
  take(bytes: Uint8Array): 'more' | 'started' | GuestEnd {
    let started = false;
    for (let at = 0; at < bytes.length;) {
      at += this.#payload ? this.#takePayload(bytes, at) : this.#takeHeader(bytes, at);
      const refusal = this.#open();
      if (refusal) return refusal;
      if (this.#payload && this.#payloadBytes === this.#payload.length) {
        this.#payloads.push(this.#payload);
        this.#payload = null;
        if (this.#payloads.length === 1) started = true;
        if (this.#payloads.length === order.length) {
          const [, outcome, tape] = this.#payloads as [Uint8Array, Uint8Array, Uint8Array];
          return { kind: 'answered', outcome, tape };
        }
      }
    }
    return started ? 'started' : 'more';
  }

  #takeHeader(bytes: Uint8Array, at: number): number {
    const count = Math.min(frameHeaderBytes - this.#headerBytes, bytes.length - at);
    this.#header.set(bytes.subarray(at, at + count), this.#headerBytes);
    this.#headerBytes += count;
    return count;
  }

  #takePayload(bytes: Uint8Array, at: number): number {
    const payload = this.#payload!;
    const count = Math.min(payload.length - this.#payloadBytes, bytes.length - at);
    payload.set(bytes.subarray(at, at + count), this.#payloadBytes);
    this.#payloadBytes += count;
    return count;
  }

  /** Once a header is whole: opens its payload, or refuses it. */
  #open(): GuestEnd | null {
    if (this.#payload || this.#headerBytes < frameHeaderBytes) return null;
    const index = this.#payloads.length;
    if (this.#header[0] !== order[index]) return { kind: 'bad-result' };
    const length = new DataView(this.#header.buffer).getUint32(1, true);
    if (length > this.#limits[index]!) return { kind: 'result-too-large' };
    this.#payload = new Uint8Array(length);
    this.#payloadBytes = 0;
    this.#headerBytes = 0;
    return null;
  }
}

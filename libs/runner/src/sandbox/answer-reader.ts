import type { GuestEnd } from './guest-process.js';
import { frameHeaderBytes, frames, type GuestRequest } from './protocol.js';

/** Whoever follows a run while its child goes on. All bytes are untrusted, and new: they may be kept. */
export interface GuestListener {
  /** A block of the tape. */
  tape(block: Uint8Array): void;
  /** A piece of the log, as JSON. */
  log(piece: Uint8Array): void;
}

/** A run of a thousand million bars has 31,000 stretches; a child that says more says nothing of use. */
const mostFrames = 100_000;

/** Reads a child's frames. A frame that announces more than it may hold is refused before its bytes are taken. */
export class AnswerReader {
  readonly #listener: GuestListener;
  readonly #header = new Uint8Array(frameHeaderBytes);
  #tapeLeft: number;
  #textLeft: number;
  #frames = 0;
  #headerBytes = 0;
  #payload: Uint8Array | null = null;
  #payloadBytes = 0;
  #taken = 0;

  constructor({ outcomeBytes, tapeBytes }: Pick<GuestRequest, 'outcomeBytes' | 'tapeBytes'>, listener: GuestListener) {
    this.#textLeft = outcomeBytes;
    this.#tapeLeft = tapeBytes;
    this.#listener = listener;
  }

  /** How many of the bytes given last were of this answer: after its end, the others are of the next. */
  get taken(): number {
    return this.#taken;
  }

  /** Takes what arrived: more is to come, the strategy has started, or this is the end. */
  take(bytes: Uint8Array): 'more' | 'started' | GuestEnd {
    let step: 'more' | 'started' | GuestEnd = 'more';
    for (let at = 0; at < bytes.length;) {
      at += this.#payload ? this.#takePayload(bytes, at) : this.#takeHeader(bytes, at);
      this.#taken = at;
      const refusal = this.#open();
      if (refusal) return refusal;
      if (this.#payload && this.#payloadBytes === this.#payload.length) {
        const end = this.#hear(this.#payload);
        if (typeof end === 'object') return end;
        if (end === 'started') step = end;
        this.#payload = null;
        this.#payloadBytes = 0;
        this.#headerBytes = 0;
      }
    }
    return step;
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
    const kind = this.#header[0]!;
    const isFirst = this.#frames === 0;
    const isKnown = kind === frames.tape || kind === frames.log || kind === frames.outcome;
    if ((kind === frames.started) !== isFirst || !(isFirst || isKnown)) return { kind: 'bad-result' };
    if (++this.#frames > mostFrames) return { kind: 'bad-result' };
    const length = new DataView(this.#header.buffer).getUint32(1, true);
    if (kind === frames.tape) this.#tapeLeft -= length;
    else this.#textLeft -= length;
    if (kind === frames.started && length > 0) return { kind: 'bad-result' };
    if (this.#tapeLeft < 0 || this.#textLeft < 0) return { kind: 'result-too-large' };
    this.#payload = new Uint8Array(length);
    return null;
  }

  #hear(payload: Uint8Array): 'more' | 'started' | GuestEnd {
    switch (this.#header[0]) {
      case frames.started:
        return 'started';
      case frames.tape:
        this.#listener.tape(payload);
        return 'more';
      case frames.log:
        this.#listener.log(payload);
        return 'more';
      default:
        return { kind: 'answered', outcome: payload };
    }
  }
}

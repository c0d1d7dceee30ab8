import { AsyncByteQueue } from 'apache-arrow';

/** Holds what an Arrow writer has written until it is taken: of an answer, one batch and never the whole. */
export class AnswerBytes extends AsyncByteQueue<Uint8Array> {
  #written: Uint8Array[] = [];

  override write(bytes: Uint8Array): void {
    this.#written.push(bytes);
  }

  take(): Buffer {
    const written = Buffer.concat(this.#written);
    this.#written = [];
    return written;
  }
}

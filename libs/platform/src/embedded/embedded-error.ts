/** Why the embedded server cannot serve, in a sentence for the person at the terminal, with the way out. */
export class EmbeddedError extends Error {
  override readonly name = 'EmbeddedError';
}

/** Bytes or instructions that no run of ours could have made. */
export class TapeError extends Error {
  override readonly name = 'TapeError';
}

/** Cash that is not what its postings make it: a mistake in the engine, never in a strategy. */
export class LedgerError extends Error {
  override readonly name = 'LedgerError';
}

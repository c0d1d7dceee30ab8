/**
 * Whether a store was away, and what was asked of it may be asked again: by the network's codes; PostgreSQL's classes for
 * connections, shutdown and start-up; and its word that a transaction of ours waited too long for a lock, was idle too
 * long, or was ended so that another could go on.
 */
export function isOutOfReach(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const inner = 'errors' in error && Array.isArray(error.errors) ? (error.errors[0] as unknown) : undefined;
  if (inner !== undefined && isOutOfReach(inner)) return true;
  if (
    'message' in error &&
    typeof error.message === 'string' &&
    /^(timeout exceeded when trying to connect|Connection terminated)/.test(error.message)
  ) {
    return true;
  }
  return (
    'code' in error &&
    typeof error.code === 'string' &&
    /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|08\w{3}|57P0[123]|53300|25P03|40P01|55P03)$/.test(
      error.code,
    )
  );
}

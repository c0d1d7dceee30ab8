import { writeHeader } from './write-header';

let renewing: Promise<boolean> | null = null;

/** Replaces the session's tokens, once for all who ask meanwhile. False where there is no session to renew. */
export function renewSession(): Promise<boolean> {
  renewing ??= fetch('/api/session/refresh', { method: 'POST', headers: writeHeader })
    .then(
      ({ ok }) => ok,
      () => false,
    )
    .finally(() => (renewing = null));
  return renewing;
}

const key = /^(?!.*(?:^|\/)\.{1,2}(?:\/|$))[A-Za-z0-9][A-Za-z0-9._=+-]*(?:\/[A-Za-z0-9._=+-]+)*$/;

/**
 * Keys are relative paths of letters, digits and `._=+-`, at most 512 characters: safe as file names and in URLs.
 * @throws RangeError for any other: keys come from our own code, never from a request
 */
export function assertKey(given: string): void {
  if (given.length <= 512 && key.test(given)) return;
  throw new RangeError(`"${given.slice(0, 100)}" is no artifact key: use letters, digits, ._=+- and single slashes.`);
}

/** A prefix is empty, or the beginning of a key. */
export function assertPrefix(given: string): void {
  if (given !== '') assertKey(given.replace(/\/$/, ''));
}

import { createHash, createHmac, randomBytes } from 'node:crypto';

/** 256 random bits, base64url: 43 characters. It leaves once; its hash is kept. */
export function freshToken(): string {
  return randomBytes(32).toString('base64url');
}

/** SHA-256: enough for a token, which cannot be guessed as a password can. */
export function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/**
 * The token that follows another. Whoever presents the same one again gets the same successor, though only hashes and
 * the salt are kept; without the token, the salt tells nothing.
 */
export function successorOf(token: string, salt: Buffer, kind: 'access' | 'refresh'): string {
  return createHmac('sha256', token).update(salt).update(kind).digest('base64url');
}

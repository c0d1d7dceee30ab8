import { crc32 } from 'node:zlib';
import { freshToken } from '../sessions/token.js';

/**
 * An API token as text: `quarry_`, 256 random bits in base64url, and the CRC-32 of both in hex. The prefix lets scanners
 * find one that leaked, the checksum tells a typing error from a token that was revoked.
 */
export function freshTokenText(): string {
  const text = `quarry_${freshToken()}`;
  return text + checksumOf(text);
}

export function isTokenText(text: string): boolean {
  return /^quarry_[\w-]{43}[0-9a-f]{8}$/.test(text) && checksumOf(text.slice(0, -8)) === text.slice(-8);
}

/** Enough to tell one's tokens apart, and no help to guess them. */
export function hintOf(text: string): string {
  return `${text.slice(0, 11)}…${text.slice(-4)}`;
}

function checksumOf(text: string): string {
  return crc32(text).toString(16).padStart(8, '0');
}

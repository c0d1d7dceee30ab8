import { createHmac } from 'node:crypto';

/** Seconds that a code stands for, and digits it has: what authenticator apps assume (RFC 6238). */
const stepSeconds = 30;
const digits = 6;

/** The time step of a moment given in milliseconds since the epoch (RFC 6238, section 4.2). */
export function stepAt(milliseconds: number): number {
  return Math.floor(milliseconds / 1000 / stepSeconds);
}

/** The code of a counter, by HMAC-SHA-1 and dynamic truncation (RFC 4226, section 5.3). */
export function codeOf(secret: Buffer, counter: number, length = digits): string {
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(counter));
  const digest = createHmac('sha1', secret).update(message).digest();
  const offset = digest.readUInt8(digest.length - 1) & 0xf;
  const number = digest.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 10 ** length).padStart(length, '0');
}

/**
 * The step whose code this is: now's, or the one before or after, for a clock that is off by half a minute (RFC 6238,
 * section 5.2). Null for any other, and for steps up to the last one used, so that a code works once.
 */
export function stepOf(
  secret: Buffer,
  code: string,
  { now, lastStep }: { now: number; lastStep: number },
): number | null {
  const current = stepAt(now);
  const steps = [current, current - 1, current + 1].filter((step) => step > lastStep);
  return steps.find((step) => codeOf(secret, step) === code) ?? null;
}

/** Base32 without padding (RFC 4648, section 6), as authenticators read it. */
export function base32(bytes: Buffer): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => alphabet.charAt(parseInt(five.padEnd(5, '0'), 2))).join('');
}

/** The address behind the square code that authenticators scan. */
export function otpauthAddress(email: string, secret: Buffer): string {
  return `otpauth://totp/${encodeURIComponent(`Quarry:${email}`)}?secret=${base32(secret)}&issuer=Quarry`;
}

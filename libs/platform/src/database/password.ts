import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(argon2);

/** OWASP's least for argon2id: 19 MiB, two passes. */
const cost = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 };

function digest(password: string, nonce: Buffer, { memory, passes, parallelism, tagLength } = cost): Promise<Buffer> {
  return derive('argon2id', { message: password.normalize('NFKC'), nonce, memory, passes, parallelism, tagLength });
}

/** `argon2id$<memory KiB>$<passes>$<parallelism>$<salt>$<tag>`, salt and tag in base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const tag = await digest(password, salt);
  return [
    'argon2id',
    cost.memory,
    cost.passes,
    cost.parallelism,
    salt.toString('base64url'),
    tag.toString('base64url'),
  ].join('$');
}

/** Compares in constant time; a hash that is not ours is never met by any password. */
export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const [algorithm, memory, passes, parallelism, salt, tag] = hash.split('$');
  if (algorithm !== 'argon2id' || salt === undefined || tag === undefined) return false;

  const expected = Buffer.from(tag, 'base64url');
  const actual = await digest(password, Buffer.from(salt, 'base64url'), {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    tagLength: expected.length,
  });
  return timingSafeEqual(actual, expected);
}

/** Whether a hash was made at today's cost; one that was not is made anew at the next sign-in. */
export function isOfTodaysCost(hash: string): boolean {
  return hash.startsWith(`argon2id$${cost.memory}$${cost.passes}$${cost.parallelism}$`);
}

/** A password for a first sign-in: 20 letters and digits without look-alikes, about 115 bits. */
export function generatePassword(): string {
  const alphabet = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
  const letters = Array.from({ length: 20 }, () => alphabet.charAt(pick(alphabet.length)));
  return letters.join('').replace(/(.{5})(?=.)/g, '$1-');
}

/** Unbiased index below `count` (at most 256): bytes past the last whole multiple are thrown away. */
function pick(count: number): number {
  const limit = 256 - (256 % count);
  for (;;) {
    const byte = randomBytes(1).readUInt8();
    if (byte < limit) return byte % count;
  }
}

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { MasterKeys } from './master-keys.js';

const algorithm = 'aes-256-gcm';
const [keyBytes, nonceBytes, tagBytes] = [32, 12, 16];
/** What an envelope begins with; a secret that lies there as it is has neither. */
const mark = Buffer.from('QE1');

/**
 * Secrets at rest, by envelope encryption: each under a data key of its own (AES-256-GCM, NIST SP 800-38D), and the data
 * key under a master key, named by its id. A new master key needs the data keys sealed anew, never the secrets. `context`
 * is authenticated: an envelope that was moved to another row does not open.
 */
export class Envelope {
  constructor(private readonly masterKeys: MasterKeys) {}

  seal(secret: Buffer, context: string): Buffer {
    const dataKey = randomBytes(keyBytes);
    return this.assemble(dataKey, encrypt(dataKey, secret, context), context);
  }

  /** @throws Error where the master key is not at hand, or anything was changed */
  open(sealed: Buffer, context: string): Buffer {
    const { dataKey, body } = this.unwrap(sealed, context);
    return decrypt(dataKey, body, context);
  }

  /** The same under today's master key; null where it is already. */
  renewed(sealed: Buffer, context: string): Buffer | null {
    if (partsOf(sealed).keyId === this.masterKeys.current.id) return null;
    const { dataKey, body } = this.unwrap(sealed, context);
    return this.assemble(dataKey, body, context);
  }

  private assemble(dataKey: Buffer, body: Buffer, context: string): Buffer {
    const { id, key } = this.masterKeys.current;
    const name = Buffer.from(id);
    return Buffer.concat([mark, Buffer.of(name.length), name, encrypt(key, dataKey, context), body]);
  }

  private unwrap(sealed: Buffer, context: string): { dataKey: Buffer; body: Buffer } {
    const { keyId, wrapped, body } = partsOf(sealed);
    const key = this.masterKeys.byId.get(keyId);
    if (!key) throw new Error(`A secret is sealed under the master key "${keyId}", which MASTER_KEYS does not name.`);
    return { dataKey: decrypt(key, wrapped, context), body };
  }
}

export function isSealed(bytes: Buffer): boolean {
  return bytes.subarray(0, mark.length).equals(mark);
}

function partsOf(sealed: Buffer): { keyId: string; wrapped: Buffer; body: Buffer } {
  if (!isSealed(sealed)) throw new Error('What should be sealed is no envelope.');
  const begin = mark.length + 1;
  const end = begin + (sealed[mark.length] ?? 0);
  const wrappedEnd = end + nonceBytes + keyBytes + tagBytes;
  return {
    keyId: sealed.subarray(begin, end).toString(),
    wrapped: sealed.subarray(end, wrappedEnd),
    body: sealed.subarray(wrappedEnd),
  };
}

/** Nonce, ciphertext and tag, in this order. */
function encrypt(key: Buffer, plain: Buffer, context: string): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key, nonce).setAAD(Buffer.from(context));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: Buffer, sealed: Buffer, context: string): Buffer {
  const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, nonceBytes), { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(context)).setAuthTag(sealed.subarray(-tagBytes));
  return Buffer.concat([decipher.update(sealed.subarray(nonceBytes, -tagBytes)), decipher.final()]);
}

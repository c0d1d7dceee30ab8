import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface MasterKey {
  readonly id: string;
  readonly key: Buffer;
}

/** The keys that open envelopes, by their id; new ones are sealed under the current one. */
export interface MasterKeys {
  readonly current: MasterKey;
  readonly byId: ReadonlyMap<string, Buffer>;
}

/**
 * Master keys as MASTER_KEYS has them: `id:key` with 32 bytes in Base64, the current one first, earlier ones after commas.
 * @throws Error which names what is wrong, and no key
 */
export function parseMasterKeys(text: string): MasterKeys {
  const keys = text.split(',').map((part, index): MasterKey => {
    const [, id, base64] = /^\s*([\w.-]{1,40}):([A-Za-z0-9+/]+=*)\s*$/.exec(part) ?? [];
    const key = Buffer.from(base64 ?? '', 'base64');
    if (id === undefined || key.length !== 32) {
      throw new Error(
        `MASTER_KEYS: key ${index + 1} is not written like id:key with 32 bytes in Base64. Make one: openssl rand -base64 32`,
      );
    }
    return { id, key };
  });
  const [current] = keys;
  if (!current) throw new Error('MASTER_KEYS names no key.');
  if (new Set(keys.map(({ id }) => id)).size < keys.length) throw new Error('MASTER_KEYS names one id twice.');
  return { current, byId: new Map(keys.map(({ id, key }) => [id, key])) };
}

/** As configured, else those that were made once and lie in the home, for its owner alone. */
export function openMasterKeys(configured: string | null, home: string): MasterKeys {
  if (configured !== null) return parseMasterKeys(configured);
  const file = join(home, 'master-keys');
  try {
    return parseMasterKeys(readFileSync(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  mkdirSync(home, { recursive: true });
  const made = `home-1:${randomBytes(32).toString('base64')}\n`;
  try {
    writeFileSync(file, made, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    // Another process of this machine was quicker: its keys are the keys.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return parseMasterKeys(readFileSync(file, 'utf8'));
}

import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { Envelope, isSealed } from './envelope.js';
import { openMasterKeys, parseMasterKeys } from './master-keys.js';

const [first, second] = ['2025', '2026'].map((id) => `${id}:${randomBytes(32).toString('base64')}`);
const secret = Buffer.from('a key that nobody may read');
const before = new Envelope(parseMasterKeys(first ?? ''));
const after = new Envelope(parseMasterKeys(`${second},${first}`));

test('an envelope opens to what was sealed, differs each time, and holds none of it in the clear', () => {
  const [one, two] = [before.seal(secret, 'here'), before.seal(secret, 'here')];
  expect([before.open(one, 'here'), before.open(two, 'here')]).toEqual([secret, secret]);
  expect([one.equals(two), one.includes(secret), isSealed(one), isSealed(secret)]).toEqual([false, false, true, false]);
});

test('an envelope does not open in another place, nor with any of its bytes changed', () => {
  const sealed = before.seal(secret, 'here');
  expect(() => before.open(sealed, 'there')).toThrow();
  for (let at = 0; at < sealed.length; at += 1) {
    const spoilt = Buffer.from(sealed);
    spoilt[at] = (spoilt[at] ?? 0) ^ 1;
    expect(() => before.open(spoilt, 'here')).toThrow();
  }
});

test('after a rotation old envelopes open still, are renewed under the new key, and then need the old no more', () => {
  const sealed = before.seal(secret, 'here');
  const renewed = after.renewed(sealed, 'here') ?? sealed;
  const newOnly = new Envelope(parseMasterKeys(second ?? ''));
  expect([after.open(sealed, 'here'), newOnly.open(renewed, 'here')]).toEqual([secret, secret]);
  expect(after.renewed(renewed, 'here')).toBeNull();
  expect(() => newOnly.open(sealed, 'here')).toThrow('the master key "2025", which MASTER_KEYS does not name');
});

test.each(['', 'abc', 'a:short', `a:${randomBytes(31).toString('base64')}`])('"%s" is refused', (text) => {
  expect(() => parseMasterKeys(text)).toThrow('MASTER_KEYS: key 1 is not written like id:key');
});

test('keys that nobody configured are made once, for the owner alone', async () => {
  const home = await mkdtemp(join(tmpdir(), 'quarry-keys-'));
  const [one, two] = [openMasterKeys(null, home), openMasterKeys(null, home)];
  const { mode } = await stat(join(home, 'master-keys'));
  await rm(home, { recursive: true });
  expect([one.current.key, mode & 0o777]).toEqual([two.current.key, 0o600]);
});

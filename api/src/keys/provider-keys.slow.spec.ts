import { randomBytes } from 'node:crypto';
import { beforeAll, expect, test } from '@jest/globals';
import type { AuditEvent, ProviderKey, TwoStepSecret } from '@quarry/contracts';
import { codeOf, stepAt } from '../accounts/totp.js';
import { json, status } from '../testing/desk.js';
import { specDesk } from '../testing/spec-desk.js';
import type { Person } from '../testing/test-api.js';
import { Envelope, isSealed } from './envelope.js';
import { parseMasterKeys } from './master-keys.js';
import { ProviderKeys } from './provider-keys.js';

const here = specDesk();
const key = 'pk-live-7f3a9c-canary-51d2';
const actor = { id: null, name: 'a connector' };
let admin: Person;

beforeAll(async () => {
  admin = await here.api.person('admin', here.desk.person.team);
}, 30_000);

const add = (name: string): Promise<Response> =>
  here.api.ask('POST', '/api/provider-keys', { cookie: admin.cookie, body: { provider: 'polygon', name, key } });
const sealedOf = async (id: string): Promise<Buffer> => {
  const [row] = await here.api.database.inTeam(admin.team, (scope) =>
    scope.rows<{ sealed: Buffer }>('SELECT sealed FROM provider_key WHERE id = $1', [id]),
  );
  return row?.sealed ?? Buffer.alloc(0);
};

test('a key is answered as its hint only, to whoever asks, and lies sealed', async () => {
  const made = await json<ProviderKey>(add('prices'));
  const answers = [JSON.stringify(made), await (await here.desk.ask('GET', '/api/provider-keys')).text()];
  const sealed = await sealedOf(made.id);
  expect(made).toMatchObject({ provider: 'polygon', name: 'prices', hint: 'pk-l…51d2', usedAt: null });
  expect(answers.map((text) => text.includes('7f3a9c'))).toEqual([false, false]);
  expect([isSealed(sealed), sealed.includes('7f3a9c')]).toEqual([true, false]);
  expect(await status(add('prices'))).toBe(409);
});

test('whoever opens a key stands in the audit log, with what for; the key stands in no log', async () => {
  const masterKeys = parseMasterKeys(`2026:${randomBytes(32).toString('base64')}`);
  const keys = new ProviderKeys(here.api.database, new Envelope(masterKeys));
  const member = { session: { team: { id: admin.team } }, actor } as never;
  const made = await keys.add(member, { provider: 'polygon', name: 'opened', key });
  const opened = await keys.open(admin.team, actor, { id: made.id, purpose: 'daily bars of SPX' });
  const events = await json<AuditEvent[]>(here.api.ask('GET', '/api/audit?limit=2', { cookie: admin.cookie }));
  expect(opened).toBe(key);
  expect(events).toMatchObject([
    { action: 'provider-key-opened', actor: 'a connector', subject: { name: 'opened', purpose: 'daily bars of SPX' } },
    { action: 'provider-key-added', subject: { hint: 'pk-l…51d2' } },
  ]);
  expect([...here.api.logged, JSON.stringify(events)].join('')).not.toContain('7f3a9c');
  await keys.remove(member, made.id);
});

test('after a rotation every key lies under the new master key, and opens by it alone', async () => {
  const [old, fresh] = ['2025', '2026'].map((id) => `${id}:${randomBytes(32).toString('base64')}`);
  const stranger = await here.api.person('admin');
  const member = { session: { team: { id: stranger.team } }, actor } as never;
  const keysUnder = (text: string): ProviderKeys =>
    new ProviderKeys(here.api.database, new Envelope(parseMasterKeys(text)));
  const made = await keysUnder(old ?? '').add(member, { provider: 'polygon', name: 'one', key });
  await here.api.database.inTeam(admin.team, (scope) => scope.rows('DELETE FROM provider_key'));
  const counts = [await keysUnder(`${fresh},${old}`).renew(), await keysUnder(`${fresh},${old}`).renew()];
  const opened = await keysUnder(fresh ?? '').open(stranger.team, actor, { id: made.id, purpose: 'a spec' });
  expect([counts, opened]).toEqual([[1, 0], key]);
});

test('an authenticator’s secret lies sealed; one from before that is sealed when it is used', async () => {
  const person = await here.api.person('quant');
  const ask = (path: string, body: unknown): Promise<Response> =>
    here.api.ask('POST', `/api/account/two-step${path}`, { cookie: person.cookie, body });
  const { secret } = await json<TwoStepSecret>(ask('', { password: person.password }));
  const held = (change?: Buffer): Promise<Buffer | undefined> =>
    here.api.database.asStranger(async (stranger) => {
      const { user } = await json<{ user: { id: string } }>(
        here.api.ask('GET', '/api/session', { cookie: person.cookie }),
      );
      await stranger.identify('user_id', user.id);
      if (change) await stranger.rows('UPDATE credential SET totp_secret = $1', [change]);
      const [row] = await stranger.rows<{ totp_secret: Buffer }>('SELECT totp_secret FROM credential');
      return row?.totp_secret;
    });
  const plain = fromBase32(secret);
  const before = await held();
  await held(plain);
  const confirmed = await status(ask('/confirm', { code: codeOf(plain, stepAt(Date.now())) }));
  const after = await held();
  expect([before, after].map((bytes) => isSealed(bytes ?? plain))).toEqual([true, true]);
  expect([confirmed, after?.includes(plain)]).toEqual([200, false]);
});

function fromBase32(text: string): Buffer {
  const bits = Array.from(text, (letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  ).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
}

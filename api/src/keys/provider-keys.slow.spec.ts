import { randomBytes } from 'node:crypto';
import { beforeAll, expect, test } from '@jest/globals';
import type { AuditEvent, ProviderKey, TwoStepSecret } from '@quarry/contracts';
import { codeOf, stepAt } from '../accounts/totp.js';
import { json, status } from '../testing/desk.js';
import { specDesk } from '../testing/spec-desk.js';
import type { Person } from '../testing/test-api.js';
import { Envelope, isSealed } from './envelope.js';
import { parseMasterKeys } from './master-keys.js';
import { secretContext } from '../webhooks/deliveries.js';
import { sealedWebhooks, Webhooks } from '../webhooks/webhooks.js';
import { ProviderKeys, sealedProviderKeys } from './provider-keys.js';
import { renewSealed } from './renew-sealed.js';

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

test('after a rotation every key and every webhook’s secret lies under the new master key, and opens by it alone', async () => {
  const [old, fresh] = ['2025', '2026'].map((id) => `${id}:${randomBytes(32).toString('base64')}`);
  const stranger = await here.api.person('admin');
  const member = { session: { team: { id: stranger.team } }, actor } as never;
  const under = (...texts: (string | undefined)[]): Envelope => new Envelope(parseMasterKeys(texts.join(',')));
  const { database } = here.api;
  const made = await new ProviderKeys(database, under(old)).add(member, { provider: 'polygon', name: 'one', key });
  const hook = await new Webhooks(database, under(old), {} as never).add(member, {
    url: 'https://example.org/hook',
    events: ['run.succeeded'],
  });
  await database.inTeam(admin.team, (scope) => scope.rows('DELETE FROM provider_key'));
  const renew = (): Promise<number> => renewSealed(database, under(fresh, old), [sealedProviderKeys, sealedWebhooks]);
  const counts = [await renew(), await renew()];
  const opened = await new ProviderKeys(database, under(fresh)).open(stranger.team, actor, {
    id: made.id,
    purpose: 'a spec',
  });
  const [row] = await database.inTeam(stranger.team, (scope) =>
    scope.rows<{ sealed: Buffer }>('SELECT sealed_secret AS sealed FROM webhook'),
  );
  const secret = under(fresh).open(row?.sealed ?? Buffer.alloc(0), secretContext(hook.made.id));
  expect([counts, opened, secret.toString()]).toEqual([[2, 0], key, hook.secret]);
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

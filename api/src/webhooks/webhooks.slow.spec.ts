import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { NewWebhook, Problem, Webhook, WebhookBody, WebhookDelivery } from '@quarry/contracts';
import { json, status } from '../testing/desk.js';
import { specDesk } from '../testing/spec-desk.js';
import type { Person } from '../testing/test-api.js';
import { postSigned, signatureOf } from './post-signed.js';

interface Told {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const here = specDesk();
let admin: Person;
let server: Server;
let address: string;
let told: Told[];
let answer = 204;

beforeAll(async () => {
  admin = await here.api.person('admin', here.desk.person.team);
  server = createServer((request, response) => {
    void text(request).then((body) => {
      told.push({ headers: request.headers, body });
      response.writeHead(answer).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/told`;
}, 30_000);

afterAll(() => {
  server.close();
});

beforeEach(() => {
  told = [];
  answer = 204;
});

const ask = (method: string, path = '', body?: unknown): Promise<Response> =>
  here.api.ask(method, `/api/webhooks${path}`, { cookie: admin.cookie, ...(body === undefined ? {} : { body }) });
const add = (events = ['run.cancelled']): Promise<NewWebhook> =>
  json<NewWebhook>(ask('POST', '', { url: address, events }));
const deliveriesOf = (id: string): Promise<WebhookDelivery[]> => json(ask('GET', `/${id}/deliveries`));
const inTeam = (sql: string, parameters: readonly unknown[] = []): Promise<unknown[]> =>
  here.api.database.inTeam(admin.team, (scope) => scope.rows(sql, parameters));

async function until<T>(find: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await find();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

test('the end of a run is told once, signed over time and body, to whoever asked for it', async () => {
  const { secret, made } = await add();
  const other = await add(['run.failed']);
  const run = await here.desk.run();
  await here.desk.ask('POST', `/api/runs/${run.id}/cancel`);
  const delivery = await until(async () => (await deliveriesOf(made.id)).find(({ state }) => state === 'delivered'));
  const [one] = told;
  const body = JSON.parse(one?.body ?? '') as WebhookBody;
  const seconds = Number(/^t=(\d+),/.exec(String(one?.headers['quarry-signature']))?.[1]);
  expect(body).toMatchObject({
    id: delivery.id,
    event: 'run.cancelled',
    run: { id: run.id, kind: 'backtest', state: 'cancelled', failure: null },
  });
  expect(one?.headers).toMatchObject({
    'quarry-delivery': delivery.id,
    'quarry-event': 'run.cancelled',
    'quarry-signature': signatureOf(secret, one?.body ?? '', seconds),
  });
  expect([told.length, await deliveriesOf(other.made.id)]).toEqual([1, []]);
  await ask('DELETE', `/${made.id}`);
  await ask('DELETE', `/${other.made.id}`);
}, 60_000);

test('what is not answered with 2xx is tried again later, and given up in the end; five of these disable the webhook', async () => {
  const { made } = await add();
  answer = 500;
  await inTeam('UPDATE webhook SET failures = 4 WHERE id = $1', [made.id]);
  const run = await here.desk.run();
  await here.desk.ask('POST', `/api/runs/${run.id}/cancel`);
  const first = await until(async () => (await deliveriesOf(made.id)).find((one) => one.answer !== null));
  await inTeam('UPDATE webhook_delivery SET attempts = 7, next_at = now() WHERE webhook_id = $1', [made.id]);
  const last = await until(async () => (await deliveriesOf(made.id)).find(({ state }) => state === 'given-up'));
  const [webhook] = await json<Webhook[]>(ask('GET'));
  expect([first.state, first.attempts, first.answer]).toEqual(['waiting', 1, '500']);
  expect([last.attempts, last.answer, webhook?.failures, webhook?.disabledAt !== null]).toEqual([8, '500', 5, true]);

  answer = 200;
  const tested = await json<WebhookDelivery>(ask('POST', `/${made.id}/test`));
  const [enabled] = await json<Webhook[]>(ask('GET'));
  expect([tested.event, tested.state, tested.answer, enabled?.disabledAt]).toEqual(['test', 'delivered', '200', null]);
  await ask('DELETE', `/${made.id}`);
}, 60_000);

test.each([
  'http://127.0.0.1:9/',
  'http://localhost:9/',
  'http://[::1]:9/',
  'http://169.254.169.254/latest',
  'http://0x7f.1/',
])('%s is within this network, and no webhook reaches it unless that is allowed', async (url) => {
  const post = postSigned({ url, body: '{}', secret: 'x', headers: {}, mayBePrivate: false });
  await expect(post).rejects.toThrow('is an address within this network');
});

test('an address of another kind, or none to be told, is refused by the name of the field; another team’s webhook is not found', async () => {
  const { made } = await add();
  const stranger = await here.api.person('admin');
  const problems = await Promise.all(
    [
      { url: 'ftp://example.org', events: ['run.failed'] },
      { url: address, events: [] },
      { url: address, events: ['run.started'] },
    ].map((body) => json<Problem>(ask('POST', '', body))),
  );
  const theirs = await Promise.all(
    (['DELETE', 'POST', 'GET'] as const).map((method) =>
      status(
        here.api.ask(method, `/api/webhooks/${made.id}${{ DELETE: '', POST: '/test', GET: '/deliveries' }[method]}`, {
          cookie: stranger.cookie,
        }),
      ),
    ),
  );
  expect(problems.map(({ status: code, detail }) => `${code} ${detail.split(':')[0]}`)).toEqual([
    '400 url',
    '400 events',
    '400 events.0',
  ]);
  expect([theirs, await status(ask('DELETE', `/${made.id}`))]).toEqual([[404, 404, 404], 204]);
});

test('SAFETY bar 40: no secret of a webhook stands in a log', async () => {
  const { secret, made } = await add();
  await ask('POST', `/${made.id}/test`);
  const audit = await (await here.api.ask('GET', '/api/audit?limit=500', { cookie: admin.cookie })).text();
  expect([here.api.logged.join('').includes(secret), audit.includes(secret)]).toEqual([false, false]);
});

import { beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { apiRoutes, Role, type ApiRoute, type NewApiToken, type Schedule } from '@quarry/contracts';
import { z } from 'zod';
import { exampleOf } from '../docs/example-of.js';
import { routesOf, type Route } from '../docs/routes.js';
import { json, source, status } from '../testing/desk.js';
import { specDesk } from '../testing/spec-desk.js';
import type { Asked, Person } from '../testing/test-api.js';

const here = specDesk();
let stranger: Person;

beforeAll(async () => {
  stranger = await here.api.person('admin');
}, 30_000);

describe('SAFETY bar 31: who may do what', () => {
  const at = (route: Route): string =>
    route.path
      .replace('{hash}', 'a'.repeat(64))
      .replace('{name}', 'report.json')
      .replaceAll(/\{\w+\}/g, randomUUID());
  const ask = (route: Route, cookie?: string): Promise<number> =>
    status(here.api.ask(route.method.toUpperCase(), at(route), cookie === undefined ? {} : { cookie }));

  test('every route is described, and stands in the published description', async () => {
    const routes = routesOf(here.api.app);
    const described = await json<{ paths: Record<string, Record<string, { summary: string }>> }>(
      here.api.ask('GET', '/docs/openapi.json'),
    );
    const missing = routes.filter((route) => !described.paths[route.path]?.[route.method]?.summary);
    expect([missing.map((route) => `${route.method} ${route.path}`), routes.length > 15]).toEqual([[], true]);
  });

  test('every body and answer of the description has an example that its contract takes', () => {
    const flaws = routesOf(here.api.app).flatMap(({ method, path, description }) => {
      const body = description?.body?.safeParse(exampleOf(description.body, 'input'));
      const answer = description?.returns;
      const returned = answer instanceof z.ZodType ? answer.safeParse(exampleOf(answer, 'output')) : undefined;
      return [body, returned]
        .filter((parsed) => parsed?.success === false)
        .map((parsed) => `${method} ${path}: ${parsed?.error?.message ?? ''}`);
    });
    expect(flaws).toEqual([]);
  });

  test('a body that is none of a route is refused by every route that takes one', async () => {
    const admin = await here.api.person('admin', here.desk.person.team);
    const taking = routesOf(here.api.app).filter(
      (route) => route.description?.body !== undefined && !rights[nameOf(route)]?.includes('operator'),
    );
    const taken: string[] = [];
    for (const route of taking) {
      const asked = { cookie: admin.cookie, body: [] };
      const answer = await status(here.api.ask(route.method.toUpperCase(), at(route), asked));
      if (answer !== 400) taken.push(`${nameOf(route)}: ${answer}`);
    }
    expect([taken, taking.length > 15]).toEqual([[], true]);
  });

  test('the routes that the command calls take and answer what it believes', () => {
    const schema = (contract: unknown): unknown =>
      contract instanceof z.ZodType ? z.toJSONSchema(contract, { io: 'input', unrepresentable: 'any' }) : contract;
    const facts = (method: string, path: string, description: Partial<ApiRoute> | null | undefined): unknown => ({
      route: `${method} ${path}`,
      body: schema(description?.body),
      returns: schema(description?.returns),
    });
    const believed: ApiRoute[] = Object.values(apiRoutes);
    const routes = routesOf(here.api.app);
    expect(believed.map((route) => facts(route.method, route.path, route))).toEqual(
      believed.map(({ method, path }) => {
        const route = routes.find((one) => one.method === method && one.path === path);
        return facts(method, path, route?.description);
      }),
    );
  });

  /** The least role per route; `person` where an API token does not do, `operator` where only the team that runs the cluster may. A route that is missing here fails. */
  const rights: Readonly<Record<string, string>> = {
    'delete /api/datasets/{id}': 'quant',
    'delete /api/datasets/{id}/shares/{team}': 'admin',
    'delete /api/datasets/{id}/versions/{hash}': 'quant',
    'delete /api/provider-keys/{id}': 'admin person',
    'delete /api/schedules/{id}': 'quant',
    'delete /api/session': 'viewer person',
    'delete /api/team': 'admin person',
    'delete /api/team/invitations/{id}': 'admin person',
    'delete /api/team/members/{id}': 'admin person',
    'delete /api/tokens/{id}': 'quant person',
    'delete /api/uploads/{id}': 'quant',
    'delete /api/webhooks/{id}': 'admin person',
    'get /api/account': 'viewer person',
    'get /api/account/sign-up': 'public',
    'get /api/audit': 'admin person',
    'get /api/audit/verdict': 'admin person',
    'get /api/cluster': 'admin person operator',
    'get /api/cluster/dead-letters': 'admin person operator',
    'get /api/cluster/slices': 'admin person operator',
    'get /api/datasets': 'viewer',
    'get /api/datasets/{id}': 'viewer',
    'get /api/datasets/{id}/shares': 'viewer',
    'get /api/datasets/{id}/versions': 'viewer',
    'get /api/provider-keys': 'quant person',
    'get /api/runs': 'viewer',
    'get /api/runs/{id}': 'viewer',
    'get /api/runs/{id}/artifacts/{name}': 'viewer',
    'get /api/runs/{id}/artifacts/{name}/link': 'viewer',
    'get /api/runs/{id}/events': 'viewer',
    'get /api/runs/{id}/report': 'viewer',
    'get /api/schedules': 'viewer',
    'get /api/session': 'viewer',
    'get /api/strategies': 'viewer',
    'get /api/strategies/{id}': 'viewer',
    'get /api/strategies/{id}/versions': 'viewer',
    'get /api/strategies/{id}/versions/{hash}': 'viewer',
    'get /api/team': 'viewer person',
    'get /api/team/invitations': 'admin person',
    'get /api/team/limits': 'viewer',
    'get /api/team/retention': 'viewer',
    'get /api/tokens': 'quant person',
    'get /api/uploads': 'viewer',
    'get /api/uploads/{id}': 'viewer',
    'get /api/webhooks': 'admin person',
    'get /api/webhooks/{id}/deliveries': 'admin person',
    'get /health/live': 'public',
    'get /health/ready': 'public',
    'get /metrics': 'viewer operator',
    'patch /api/schedules/{id}': 'quant',
    'patch /api/team': 'admin person',
    'patch /api/team/members/{id}': 'admin person',
    'post /api/account/password/reset': 'public',
    'post /api/account/sign-up': 'public',
    'post /api/account/two-step': 'viewer person',
    'post /api/account/two-step/confirm': 'viewer person',
    'post /api/account/two-step/off': 'viewer person',
    'patch /api/uploads/{id}': 'quant',
    'post /api/cluster/dead-letters/{id}/retry': 'admin person operator',
    'post /api/datasets': 'quant',
    'post /api/datasets/{id}/ingest': 'quant',
    'post /api/datasets/{id}/query': 'quant',
    'post /api/datasets/{id}/shares': 'admin',
    'post /api/datasets/{id}/versions/{hash}/accept': 'quant',
    'post /api/invitation/accept': 'viewer person',
    'post /api/invitation/open': 'public',
    'post /api/invitation/sign-up': 'public',
    'post /api/provider-keys': 'admin person',
    'post /api/runs': 'quant',
    'post /api/runs/{id}/cancel': 'quant',
    'post /api/runs/{id}/retry': 'quant',
    'post /api/schedules': 'quant',
    'post /api/session': 'public',
    'post /api/session/refresh': 'public',
    'post /api/strategies': 'quant',
    'post /api/strategies/{id}/versions': 'quant',
    'post /api/team': 'admin person',
    'post /api/team/invitations': 'admin person',
    'post /api/team/members/{id}/password-reset': 'admin person',
    'post /api/team/retention/preview': 'admin person',
    'post /api/tokens': 'quant person',
    'post /api/uploads': 'quant',
    'post /api/uploads/{id}/dataset': 'quant',
    'post /api/webhooks': 'admin person',
    'post /api/webhooks/{id}/test': 'admin person',
    'put /api/account/password': 'viewer person',
    'put /api/cluster/pause': 'admin person operator',
    'put /api/cluster/scaling': 'admin person operator',
    'put /api/cluster/shares/{id}': 'admin person operator',
    'put /api/cluster/workers/{id}/draining': 'admin person operator',
    'put /api/session/team': 'viewer person',
    'put /api/team/limits': 'admin person',
    'put /api/team/retention': 'admin person',
  };
  const nameOf = (route: Route): string => `${route.method} ${route.path}`;

  test('every route has its line in the table of rights, and every line its route', () => {
    expect(routesOf(here.api.app).map(nameOf).sort()).toEqual(Object.keys(rights).sort());
  });

  test('without a session every route answers 401, but for those that need none', async () => {
    const closed: string[] = [];
    for (const route of routesOf(here.api.app)) if ((await ask(route)) === 401) closed.push(nameOf(route));
    // A refresh without its cookie is no sign-in either.
    const expected = Object.keys(rights).filter((route) => rights[route] !== 'public');
    expect(closed.sort()).toEqual([...expected, 'post /api/session/refresh'].sort());
  });

  test.each(['viewer', 'quant', 'admin'] as const)(
    '%s may do what the table says, and gets 403 elsewhere',
    async (role) => {
      const { cookie } = await here.api.person(role, here.desk.person.team);
      expect(await refusedTo({ cookie })).toEqual(forbidden((least) => ranks.indexOf(role) < ranks.indexOf(least)));
    },
  );

  test.each([
    ['read', 'viewer'],
    ['work', 'quant'],
  ] as const)('an API token with the scope %s may do what a %s may, but nothing about people', async (scope, role) => {
    const admin = await here.api.person('admin', here.desk.person.team);
    const body = { name: 'spec', scope, days: 1 };
    const { token } = await json<NewApiToken>(here.api.ask('POST', '/api/tokens', { cookie: admin.cookie, body }));
    expect(await refusedTo({ headers: { authorization: `Bearer ${token}` } })).toEqual(
      forbidden((least, person) => person || ranks.indexOf(role) < ranks.indexOf(least)),
    );
  });

  const ranks = Role.options;

  /** Routes that answer 403. Signing out, which would end the session, is tried only where it is refused. */
  async function refusedTo(asked: Asked): Promise<string[]> {
    const refused: string[] = [];
    for (const route of routesOf(here.api.app)) {
      if (nameOf(route) === 'delete /api/session' && asked.cookie !== undefined) continue;
      const answer = await status(here.api.ask(route.method.toUpperCase(), at(route), asked));
      if (answer === 403) refused.push(nameOf(route));
    }
    return refused.sort();
  }

  function forbidden(isForbidden: (least: Role, person: boolean) => boolean): string[] {
    const closed = Object.entries(rights).filter(([, right]) => {
      const [least, ...marks] = right.split(' ');
      if (marks.includes('operator')) return true;
      return least !== 'public' && isForbidden(least as Role, marks.includes('person'));
    });
    return closed.map(([route]) => route).sort();
  }

  test("another team's things are not found, by whatever address", async () => {
    const run = await here.desk.run();
    const strategy = await here.desk.strategy();
    const dataset = await here.desk.dataset();
    const version = 'd'.repeat(64);
    const upload = await here.desk.beginUpload(3);
    const schedule = await json<Schedule>(
      here.desk.ask('POST', '/api/schedules', { body: { runId: run.id, cron: '0 6 * * *' } }),
    );
    const paths = [
      ['GET', `/api/strategies/${strategy.id}`],
      ['GET', `/api/strategies/${strategy.id}/versions`],
      ['POST', `/api/strategies/${strategy.id}/versions`],
      ['GET', `/api/strategies/${strategy.id}/versions/${strategy.latestVersion}`],
      ['GET', `/api/datasets/${dataset.id}`],
      ['DELETE', `/api/datasets/${dataset.id}`],
      ['POST', `/api/datasets/${dataset.id}/ingest`],
      ['POST', `/api/datasets/${dataset.id}/query`],
      ['GET', `/api/datasets/${dataset.id}/versions`],
      ['DELETE', `/api/datasets/${dataset.id}/versions/${version}`],
      ['POST', `/api/datasets/${dataset.id}/versions/${version}/accept`],
      ['GET', `/api/datasets/${dataset.id}/shares`],
      ['POST', `/api/datasets/${dataset.id}/shares`],
      ['DELETE', `/api/datasets/${dataset.id}/shares/${here.desk.person.team}`],
      ['GET', `/api/uploads/${upload.id}`],
      ['PATCH', `/api/uploads/${upload.id}`],
      ['DELETE', `/api/uploads/${upload.id}`],
      ['POST', `/api/uploads/${upload.id}/dataset`],
      ['GET', `/api/runs/${run.id}`],
      ['POST', `/api/runs/${run.id}/cancel`],
      ['POST', `/api/runs/${run.id}/retry`],
      ['GET', `/api/runs/${run.id}/report`],
      ['GET', `/api/runs/${run.id}/artifacts/report.json`],
      ['GET', `/api/runs/${run.id}/artifacts/report.json/link`],
      ['GET', `/api/runs/${run.id}/events`],
      ['PATCH', `/api/schedules/${schedule.id}`],
      ['DELETE', `/api/schedules/${schedule.id}`],
    ] as const;
    const takesJson = (method: string, path: string): boolean =>
      method === 'POST' || (method === 'PATCH' && path.startsWith('/api/schedules'));
    const answers = await Promise.all(
      paths.map(([method, path]) =>
        status(
          here.api.ask(method, path, {
            cookie: stranger.cookie,
            ...(takesJson(method, path)
              ? { body: { source, options: { name: 'x' }, sql: 'FROM bars', enabled: false, team: 'x' } }
              : {}),
            headers: { 'upload-offset': '0' },
          }),
        ),
      ),
    );
    expect(answers).toEqual(paths.map(() => 404));
    const byId = routesOf(here.api.app).filter(
      ({ path }) => path.includes('{id}') && !/^.api.(team|tokens|cluster|provider-keys|webhooks)/.test(path),
    );
    expect(byId.length).toBe(paths.length);
  });

  test("another team's version or dataset cannot be run", async () => {
    const request = await here.desk.request();
    expect(await status(here.api.ask('POST', '/api/runs', { cookie: stranger.cookie, body: request }))).toBe(404);
  });

  test('a change without the header that other sites cannot send is refused', async () => {
    const response = await fetch(`${here.api.url}/api/strategies`, {
      method: 'POST',
      headers: { cookie: here.desk.person.cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'forged', source }),
    });
    expect(response.status).toBe(403);
  });
});

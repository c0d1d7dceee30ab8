import { beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { routesOf, type Route } from '../docs/routes.js';
import { json, source, status } from '../testing/desk.js';
import { specDesk } from '../testing/spec-desk.js';
import type { Person } from '../testing/test-api.js';

const here = specDesk();
let viewer: Person;
let stranger: Person;

beforeAll(async () => {
  viewer = await here.api.person('viewer', here.desk.person.team);
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
  const changes = (route: Route): boolean => route.method !== 'get';

  test('every route is described, and stands in the published description', async () => {
    const routes = routesOf(here.api.app);
    const described = await json<{ paths: Record<string, Record<string, { summary: string }>> }>(
      here.api.ask('GET', '/docs/openapi.json'),
    );
    const missing = routes.filter((route) => !described.paths[route.path]?.[route.method]?.summary);
    expect([missing.map((route) => `${route.method} ${route.path}`), routes.length > 15]).toEqual([[], true]);
  });

  test('these routes need no session; every other answers 401 without one', async () => {
    const open: string[] = [];
    for (const route of routesOf(here.api.app))
      if ((await ask(route)) !== 401) open.push(`${route.method} ${route.path}`);
    expect(open).toEqual(['post /api/session', 'get /health/live', 'get /health/ready']);
  });

  test('a viewer changes nothing but their own session', async () => {
    const refused: Record<string, number> = {};
    for (const route of routesOf(here.api.app)) {
      if (changes(route) && !route.path.startsWith('/api/session'))
        refused[`${route.method} ${route.path}`] = await ask(route, viewer.cookie);
    }
    expect(new Set(Object.values(refused))).toEqual(new Set([403]));
  });

  test("another team's things are not found, by whatever address", async () => {
    const run = await here.desk.run();
    const strategy = await here.desk.strategy();
    const dataset = await here.desk.dataset();
    const paths = [
      ['GET', `/api/strategies/${strategy.id}`],
      ['GET', `/api/strategies/${strategy.id}/versions`],
      ['POST', `/api/strategies/${strategy.id}/versions`],
      ['GET', `/api/strategies/${strategy.id}/versions/${strategy.latestVersion}`],
      ['GET', `/api/datasets/${dataset.id}`],
      ['GET', `/api/runs/${run.id}`],
      ['POST', `/api/runs/${run.id}/cancel`],
      ['GET', `/api/runs/${run.id}/report`],
      ['GET', `/api/runs/${run.id}/artifacts/report.json`],
      ['GET', `/api/runs/${run.id}/events`],
    ] as const;
    const answers = await Promise.all(
      paths.map(([method, path]) =>
        status(
          here.api.ask(method, path, { cookie: stranger.cookie, ...(method === 'POST' ? { body: { source } } : {}) }),
        ),
      ),
    );
    expect(answers).toEqual(paths.map(() => 404));
    const byId = routesOf(here.api.app).filter((route) => route.path.includes('{id}'));
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

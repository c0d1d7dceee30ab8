import { expect, test } from '@jest/globals';
import { Problem, StrategyVersion, type Run, type Strategy } from '@quarry/contracts';
import { json, source } from '../testing/desk.js';
import { specDesk } from '../testing/spec-desk.js';

const here = specDesk();

test('a saved text is a version; the same text again is the same version and the latest', async () => {
  const strategy = await here.desk.strategy();
  const save = (text: string): Promise<StrategyVersion> =>
    json(
      here.api.ask('POST', `/api/strategies/${strategy.id}/versions`, {
        cookie: here.desk.person.cookie,
        body: { source: { ...source, files: { 'strategy.ts': text } } },
      }),
    );
  const second = await save('export default 2;');
  const again = await save('export default 1;');
  const now = await json<Strategy>(
    here.api.ask('GET', `/api/strategies/${strategy.id}`, { cookie: here.desk.person.cookie }),
  );
  expect([second.number, again.number, now.versionCount, now.latestVersion]).toEqual([2, 1, 2, strategy.latestVersion]);
  expect(StrategyVersion.parse(second)).toEqual(second);
  const check = await json<Run>(
    here.api.ask('GET', `/api/runs/${second.checkRunId}`, { cookie: here.desk.person.cookie }),
  );
  expect([check.kind, check.state, check.strategyVersion]).toEqual(['check', 'queued', second.hash]);
});

test('two strategies of a team have two names', async () => {
  const { name } = await here.desk.strategy();
  const problem = await json<Problem>(here.desk.ask('POST', '/api/strategies', { body: { name, source } }));
  expect([Problem.parse(problem).code, problem.status]).toEqual(['name-taken', 409]);
});

test('a source without its entry is refused with the place', async () => {
  const body = { name: 'broken', source: { entry: 'other.ts', files: source.files } };
  const problem = await json<Problem>(here.desk.ask('POST', '/api/strategies', { body }));
  expect([problem.code, problem.issues]).toEqual([
    'bad-request',
    [{ path: 'source', message: 'The entry is not among the files.' }],
  ]);
});

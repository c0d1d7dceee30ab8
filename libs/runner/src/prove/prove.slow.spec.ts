import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { foresightOf, wholeSampleMark } from '@quarry/engine/host';
import { createRunner } from '../create-runner.js';
import type { Runner } from '../runner.js';
import { corpusCases, corpusKinds } from './corpus/corpus.js';
import { marketBars } from './corpus/corpus-data.js';
import { jobOf, judgeCase } from './corpus/judge-case.js';
import { recipes } from './corpus/recipes.js';
import type { Checked } from './proof-checks.js';

/** One case of each sort; `npm run corpus` proves all of them. */
const sample = [
  'a leak hidden in a computed series',
  'whether a symbol will be listed, found by catching the error',
  'a dishonest column that nobody reads beside one that is read',
  'every property of the series, own and inherited',
];

describe('the leak corpus', () => {
  let folder: string;
  let runner: Runner;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quarry-prove-spec-'));
    const limits = { wallMs: 60_000, memoryMb: 256, resultBytes: 8_000_000 };
    runner = await createRunner({ directory: folder, limits, wallMin: 'none', spares: 0 });
  }, 120_000);

  afterAll(async () => {
    await runner.close();
    await rm(folder, { recursive: true, force: true });
  });

  const cases = corpusKinds.flatMap(corpusCases);

  test('each of its dishonest columns shows it, and no honest one does', () => {
    const judged = new Set<string>();
    const wrong = cases.flatMap(({ kind, market, columns: [name] }) => {
      if (name === undefined || market === 'universe' || name === 'next' || judged.has(name)) return [];
      judged.add(name);
      const bars = marketBars(market as 'walk' | 'hours');
      const withColumn = { ...bars, extra: { [name]: recipes[name]!(bars) } };
      const isSeen = foresightOf(withColumn, name) !== null || wholeSampleMark(withColumn, name) !== null;
      return isSeen === (kind === 'leaks' || name === 'centred21') ? [] : [name];
    });
    expect(wrong).toEqual([]);
  }, 120_000);

  test('holds at least 50 leaks that run and 50 clean strategies, each under its own name', () => {
    const counts = corpusKinds.map((kind) => corpusCases(kind).length);
    expect(counts[0]).toBeGreaterThanOrEqual(50);
    expect(counts[1]).toBeGreaterThanOrEqual(50);
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
  });

  test.each(cases.filter(({ name }) => sample.includes(name)).map((one) => [`${one.kind}: ${one.name}`, one] as const))(
    '%s',
    async (_, one) => {
      const { isRight, words } = await judgeCase(runner, one, folder);
      expect([isRight, words]).toEqual([true, words]);
    },
    120_000,
  );

  test('a leak is told with its line, bar and symbol', async () => {
    const one = cases.find(({ name }) => name === 'years that were good')!;
    const { report } = await judgeCase(runner, one, folder);
    const [finding] = report.findings;
    expect(finding).toMatchObject({
      method: 'dates',
      before: { words: 'buy all', time: Date.UTC(2011, 0, 1) * 1000 },
      after: null,
      position: { file: 'main.ts', line: 4 },
    });
  }, 120_000);

  test('in 2, 7 and 16 parts a proof finds the same, and tells it as in one piece', async () => {
    const job = await jobOf(
      cases.find(({ name }) => name === sample[0])!,
      folder,
    );
    const { milliseconds: _, ...whole } = await runner.prove(job);
    const inParts = await runner.proveInParts(job);
    const standing = await inParts.begin();
    const count = 'code' in standing ? 0 : (standing.next?.to ?? 0);
    const foundIn = async (parts: number): Promise<Checked[]> => {
      const found: Checked[] = [];
      for (let at = 0; at < parts; at += 1) {
        const part = await inParts.run({ from: share(at, parts), to: share(at + 1, parts) }, []);
        if ('code' in part) throw new Error(part.message);
        found.push(...part);
      }
      return found;
    };
    const share = (at: number, parts: number): number => Math.floor((at * count) / parts);
    const found = await foundIn(2);
    expect([found.length > 7, await foundIn(7), await foundIn(16)]).toEqual([true, found, found]);
    expect(await inParts.fold(found, [])).toMatchObject(whole);
    expect(whole.holds).toBe(false);
  }, 180_000);
});

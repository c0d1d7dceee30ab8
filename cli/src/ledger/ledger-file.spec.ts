import { appendFile, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { LedgerFile } from './ledger-file.js';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'quarry-ledger-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const trial = (paramsHash: string, sharpe = 0.5) => ({ paramsHash, dataHash: 'd', sharpe, observations: 100 });

test('a trial is counted once, whoever runs it again, and by family', async () => {
  const ledger = new LedgerFile({ home });
  await ledger.record('cross', [trial('a'), trial('b', NaN), trial('a')]);
  const known = await new LedgerFile({ home }).record('cross', [trial('b'), trial('c')]);
  expect(known.map(({ paramsHash, sharpe }) => [paramsHash, sharpe])).toEqual([
    ['a', 0.5],
    ['b', NaN],
    ['c', 0.5],
  ]);
  expect(await ledger.record('carry', [trial('a')])).toHaveLength(1);
});

test('many that write at once lose nothing', async () => {
  const writers = Array.from({ length: 20 }, (_, i) =>
    new LedgerFile({ home }).record('cross', [trial(`${i}`), trial(`${i}b`)]),
  );
  await Promise.all(writers);
  expect(await new LedgerFile({ home }).record('cross', [])).toHaveLength(40);
});

test('a line that was cut short is passed over, and spoils none that comes after', async () => {
  const ledger = new LedgerFile({ home });
  await ledger.record('cross', [trial('a')]);
  const [name = ''] = await readdir(join(home, 'ledger'));
  const file = join(home, 'ledger', name);
  await appendFile(file, '{"family":"cross","paramsH');
  await ledger.record('cross', [trial('b')]);
  expect((await ledger.record('cross', [])).map(({ paramsHash }) => paramsHash)).toEqual(['a', 'b']);
  expect((await readFile(file, 'utf8')).split('\n')).toHaveLength(4);
});

import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createRunner } from '../../create-runner.js';
import { inLanes } from '../../in-lanes.js';
import { corpusCases, corpusKinds } from './corpus.js';
import { judgeCase } from './judge-case.js';

// `npm run corpus`: proves every case of the leak corpus and prints what was found, missed and wrongly accused.
// `npm run corpus -- <words>` takes the cases whose name has these words, and tells what was said of each.

const summary = {
  leaks: (right: number, all: number) => `Leaks: ${right} of ${all} found, ${all - right} missed`,
  clean: (right: number, all: number) => `Clean: ${all - right} of ${all} wrongly accused`,
  refused: (right: number, all: number) => `Refused by the sandbox, so they never leak: ${right} of ${all}`,
} as const;

const wanted = process.argv.slice(2).join(' ');
const folder = await mkdtemp(join(tmpdir(), 'quarry-corpus-'));
const limits = { wallMs: 60_000, memoryMb: 256, resultBytes: 8_000_000 };
const runner = await createRunner({ directory: folder, limits, wallMin: 'none', spares: 0 });
let wrong = 0;
try {
  for (const kind of corpusKinds) {
    const cases = corpusCases(kind).filter(({ name }) => name.includes(wanted));
    const judged = await inLanes(cases, availableParallelism(), async (one) => {
      const judgement = await judgeCase(runner, one, folder);
      if (!judgement.isRight || wanted !== '')
        process.stdout.write(`${judgement.isRight ? 'right' : 'WRONG'}  ${kind}: ${one.name}: ${judgement.words}\n`);
      return judgement;
    });
    const right = judged.filter(({ isRight }) => isRight).length;
    wrong += judged.length - right;
    process.stdout.write(`${summary[kind](right, judged.length)}\n`);
  }
} finally {
  await runner.close();
  await rm(folder, { recursive: true, force: true });
}
process.exitCode = wrong > 0 ? 1 : 0;

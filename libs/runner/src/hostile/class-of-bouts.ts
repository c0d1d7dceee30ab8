import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { StrategySource } from '@quarry/contracts';
import type { RunLimits } from '../runner.js';
import { Arena, type Bout } from './arena.js';
import { hostileStrategies } from './corpus.js';
import { guestPids, ownMemoryMb } from './watch-children.js';

/** A child ends at most so long after its run's limit (SAFETY bar 1). */
const lateMs = 1000;
/** What starting a child and replaying may take beside the strategy, on a machine that is busy. */
const besideMs = 2500;

const honestCode = `import { crossedAbove, crossedBelow, defineStrategy, sma } from '@quarry/engine';
export default defineStrategy({
  name: 'honest',
  init: ({ bars }) => ({ fast: sma(bars.close, 5), slow: sma(bars.close, 12) }),
  next({ buy, sell }, { fast, slow }) {
    if (crossedAbove(fast, slow)) buy({ size: 10 });
    else if (crossedBelow(fast, slow)) sell({ size: 10 });
  },
});
`;
export const honest: StrategySource = { entry: 'main.ts', files: { 'main.ts': honestCode } };

/** A child may hold so much more than its run's limit at any moment (SAFETY bar 3). */
const aboveMb = 100;
/** The process that runs them may hold so much more afterwards (SAFETY bar 3). */
const growthMb = 50;

/**
 * Lets every strategy of a class loose, two at a time, with honest runs beside them, and holds each to how it may end:
 * with the right code, within its limits of time and memory, and with nothing in its output that shows it got out.
 */
export function fightAll(group: string, limits: RunLimits): void {
  const strategies = hostileStrategies(group);
  const bouts = new Map<string, Verdict>();
  const honestHashes: (string | null)[] = [];
  let arena: Arena;
  let alone: Bout;
  let memoryBefore: number;

  beforeAll(async () => {
    arena = await Arena.open(limits);
    alone = await arena.fight(honest);
    // Warm before it is weighed, as many at a time as later: what a process takes once is no leak.
    memoryBefore = Math.max(...(await weighedAfterRuns(arena)));
    const waiting = [...strategies];
    const lane = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift())
        bouts.set(next.name, verdictOn(await arena.fight(next.source)));
    };
    const honestLane = async (): Promise<void> => {
      for (let run = 0; run < 4; run++) honestHashes.push((await arena.fight(honest)).report.orderListHash);
    };
    await Promise.all([lane(), lane(), honestLane()]);
    console.log(
      `${group}: ${strategies.length} hostile strategies, ${limits.wallMs / 1000} s and ${limits.memoryMb} MB each; ` +
        `highest ${Math.max(...[...bouts.values()].map(({ peakMb }) => peakMb)).toFixed(0)} MB`,
    );
  }, 300_000);

  afterAll(() => arena.close());

  test.each(strategies.map(({ name, ends }) => [name, ends] as const))('%s', (name, ends) => {
    const bout = bouts.get(name)!;
    expect(ends).toContain(bout.ended);
    expect(bout.ms).toBeLessThan(limits.wallMs + lateMs + besideMs);
    expect(bout.peakMb).toBeLessThan(limits.memoryMb + aboveMb);
    expect(bout.gotOut).toBe(false);
  });

  test('honest runs beside them have the results that they have alone', () => {
    expect(alone.report.failure).toBeNull();
    expect(honestHashes).toEqual(Array.from({ length: 4 }, () => alone.report.orderListHash));
  });

  test('the process that runs them lives on, without their memory and without their children', async () => {
    const { report } = await arena.fight(honest);
    expect(report.orderListHash).toBe(alone.report.orderListHash);
    expect(Math.min(...(await weighedAfterRuns(arena))) - memoryBefore).toBeLessThan(growthMb);
    expect(guestPids().length).toBeLessThanOrEqual(1);
  }, 60_000);
}

/** What is kept of a bout: reports and logs of a whole class would count among what the process holds. */
interface Verdict extends Pick<Bout, 'ms' | 'peakMb'> {
  readonly ended: string;
  readonly gotOut: boolean;
}

function verdictOn({ report: { failure, log }, ms, peakMb }: Bout): Verdict {
  const gotOut = JSON.stringify([failure, log]).includes('ESCAPED');
  return { ms, peakMb, ended: failure?.code ?? 'succeeds', gotOut };
}

/**
 * What the process holds after each of several rounds of honest runs, MiB. The heaps of its threads breathe by tens of
 * megabytes from round to round: what was held stays in all of them, so the most before is held against the least after.
 */
async function weighedAfterRuns(arena: Arena): Promise<number[]> {
  const weights: number[] = [];
  for (let round = 0; round < 5; round++) {
    await Promise.all([arena.fight(honest), arena.fight(honest), arena.fight(honest)]);
    weights.push(ownMemoryMb());
  }
  return weights;
}

import { describe, expect, test } from '@jest/globals';
import { BacktestSettings, type DatasetInfo, type Manifest } from '@quarry/contracts';
import { defineStrategy, sma } from '@quarry/engine';
import { runStrategy, type Bars, type Strategy } from '@quarry/engine/host';
import fc from 'fast-check';
import { Follower, type SettleJob, type Settled } from './settle.js';

const settings = BacktestSettings.parse({ commission: { kind: 'fraction', rate: 0.001 } });

function wave(length: number): Bars {
  const column = (value: (bar: number) => number): Float64Array =>
    Float64Array.from({ length }, (_, bar) => value(bar));
  const price = (bar: number): number => 100 + 10 * Math.sin(bar / 9) + bar / 50;
  const day = 86_400_000_000;
  return {
    symbol: 'WAVE',
    interval: '1d',
    zone: { name: 'UTC', from: Float64Array.of(0), offsetMinutes: Float64Array.of(0) },
    length,
    time: column((bar) => bar * day),
    knownAt: column((bar) => (bar + 1) * day),
    open: column(price),
    high: column((bar) => price(bar) + 1),
    low: column((bar) => price(bar) - 1),
    close: column((bar) => price(bar) + 0.5),
    volume: column(() => 1),
    extra: {},
  };
}

const bars = [wave(400)];
const strategy = defineStrategy({
  name: 'cross',
  init: ({ bars: market }) => ({ fast: sma(market.close, 3), slow: sma(market.close, 12) }),
  next({ buy, sell, position }, { fast, slow }) {
    if (fast.now > slow.now && position.size <= 0) buy({ size: 5 });
    else if (fast.now < slow.now && position.size > 0) sell({ size: 5 });
  },
}) as Strategy;
const run = runStrategy(strategy, { bars, settings, params: {} });
const { tape } = run;

function settled({ tape: bytes = tape, ...given }: Partial<SettleJob> & { readonly tape?: Uint8Array }): Settled {
  const manifest = { settings, data: [], profile: 'v1', benchmark: 'none' } as unknown as Manifest;
  const dataset = { name: 'd', series: [], quality: {} } as unknown as DatasetInfo;
  const job = { strategyName: 's', manifest, manifestHash: '', dataset, absent: [], log: [], logCut: false };
  const environment = { wall: 'none', milliseconds: 0, quarry: '0' } as const;
  const follower = new Follower(bars, settings, null);
  follower.take(bytes);
  return follower.settle({ ...job, environment, guestEquity: run.finalEquity, ...given });
}

describe('settling a run', () => {
  test('takes orders that replay to the equity that was claimed', () => {
    const result = settled({});
    expect(result).toMatchObject({
      kind: 'report',
      report: { failure: null, orderListHash: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
  });

  test('refuses a claim that is off in the last digit', () => {
    const claim = run.finalEquity * (1 + 2 ** -52);
    expect(settled({ guestEquity: claim })).toEqual({
      kind: 'bad-result',
      message: `The strategy's process claims a final equity of ${claim}; its orders yield ${run.finalEquity}.`,
    });
  });

  test.each([NaN, Infinity, 0, -1])('refuses a claim of %d', (guestEquity) => {
    expect(settled({ guestEquity }).kind).toBe('bad-result');
  });

  test('refuses no orders where orders were claimed', () => {
    expect(settled({ tape: new Uint8Array() }).kind).toBe('bad-result');
  });

  test('never throws over a tape that was tampered with, and never reports what it does not yield', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat({ max: tape.length - 1 }), fc.nat({ max: 255 })), { minLength: 1, maxLength: 20 }),
        (edits) => {
          const forged = Uint8Array.from(tape);
          for (const [at, byte] of edits) forged[at] = byte;
          const result = settled({ tape: forged });
          if (result.kind === 'report') expect(result.report.curve.equity.at(-1)).toBe(run.finalEquity);
        },
      ),
      { numRuns: 300 },
    );
  });
});

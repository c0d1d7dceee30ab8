import { describe, expect, test } from '@jest/globals';
import { compareReports, correlationOf, type Report } from '@quarry/contracts';
import { metric, soundReport, trade } from '../critic/sound-report.js';
import { diffMarkdown } from './diff-markdown.js';
import { diffReports } from './diff-reports.js';
import { brokenRules, parseGate } from './gate.js';
import { runChanges } from './run-changes.js';

const manifest = soundReport.manifest!;
const withFigures = (values: Record<string, number>): Report => ({
  ...soundReport,
  orderListHash: 'b'.repeat(64),
  metrics: soundReport.metrics.map((one) => (one.id in values ? metric(one.id, values[one.id]!) : one)),
});
const ids = soundReport.metrics.map(({ id }) => id);
const broken = (head: Report, rules: string) =>
  brokenRules(diffReports(soundReport, head), parseGate(rules, ids)).map(({ rule }) => rule);

describe('what determines two runs', () => {
  test('is the same for one run', () => {
    expect(runChanges(manifest, manifest)).toEqual([]);
  });

  test('is told apart: strategy, parameters, costs and seed', () => {
    const other = {
      ...manifest,
      strategy: 'c'.repeat(64),
      params: { window: 30 },
      settings: { ...manifest.settings, seed: 2, spread: { kind: 'fraction', rate: 0.001 } as const },
    };
    expect(runChanges(manifest, other)).toEqual([
      { what: 'strategy', name: '', before: 'aaaaaaaaaaaa', after: 'cccccccccccc' },
      { what: 'parameters', name: 'window', before: '20', after: '30' },
      { what: 'seed', name: '', before: '1', after: '2' },
      { what: 'costs', name: 'spread', before: '{"kind":"none"}', after: '{"kind":"fraction","rate":0.001}' },
    ]);
  });
});

describe('a gate', () => {
  test('holds where nothing changed', () => {
    expect(broken(soundReport, 'sharpe<-5%, maxDrawdown<-0.02, trades, orders, warnings')).toEqual([]);
  });

  test('with per cent asks for a part of the size that the figure had', () => {
    const head = withFigures({ sharpe: 1.4 * 0.94 });
    expect([broken(head, 'sharpe<-5%'), broken(head, 'sharpe<-7%')]).toEqual([['sharpe<-5%'], []]);
  });

  test('without per cent asks for a change in the unit of the figure', () => {
    const head = withFigures({ maxDrawdown: -0.13 });
    expect(broken(head, 'maxDrawdown<-0.02, maxDrawdown<-0.05')).toEqual(['maxDrawdown<-0.02']);
  });

  test('fails where a figure is not defined any more', () => {
    expect(broken(withFigures({ sharpe: NaN }), 'sharpe<-5%')).toEqual(['sharpe<-5%']);
  });

  test('names the first trade that is another', () => {
    const head = { ...soundReport, trades: soundReport.trades.with(4, trade(4, { exitPrice: 99 })) };
    const [fault] = brokenRules(diffReports(soundReport, head), parseGate('trades', ids));
    expect(fault?.message).toContain('trade 5 was 10 ABC from 100 at bar 120 to 101');
  });

  test.each([
    ['sharp<-5%', '"sharp<-5%" names no figure of these reports'],
    ['sharpe', '"sharpe" is no rule'],
    ['sharpe<<1', '"sharpe<<1" is no rule'],
  ])('refuses %s', (rule, words) => {
    expect(() => parseGate(rule, ids)).toThrow(words);
  });
});

test('a diff as Markdown has a row per figure and lets no text of a strategy out of its cell', () => {
  const head = { ...withFigures({ sharpe: 0.7 }), strategyName: 'a | b <img>' };
  const found = diffReports(soundReport, head);
  const text = diffMarkdown({ ...found, broken: brokenRules(found, parseGate('sharpe<-5%', ids)) });
  expect(text).toContain('### a \\| b \\<img\\>: the gate fails (1)');
  expect(text).toContain('| sharpe | 1.400 | 0.700 | -0.700 |');
});

describe('several runs side by side', () => {
  const time = Array.from({ length: 100 }, (_, i) => i);
  const wave = time.map((i) => 100 * Math.exp(0.1 * Math.sin(i / 5)));
  const against = wave.map((value) => 10_000 / value);

  test('go together by 1 with themselves and by -1 with their inverse', () => {
    const a = { time, equity: wave };
    expect(correlationOf(a, a)).toBeCloseTo(1, 12);
    expect(correlationOf(a, { time, equity: against })).toBeCloseTo(-1, 12);
  });

  test('have no correlation where they share no time', () => {
    expect(correlationOf({ time, equity: wave }, { time: time.map((at) => at + 1000), equity: wave })).toBeNaN();
  });

  test('each have a value for every figure that one of them has', () => {
    const poor = { ...soundReport, metrics: [] };
    const { figures, correlation } = compareReports([soundReport, poor], ['a', 'b']);
    expect(figures.find(({ id }) => id === 'sharpe')?.values).toEqual([1.4, 'NaN']);
    expect(correlation[0]![1]).toBeCloseTo(1, 12);
  });
});

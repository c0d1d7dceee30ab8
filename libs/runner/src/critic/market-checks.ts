import { fixed } from '@quarry/contracts';
import type { Check } from './check.js';
import { percent } from './report-view.js';

/** Is it more than the market it trades? */
export const marketChecks: readonly Check[] = [
  {
    id: 'no-benchmark',
    severity: 'minor',
    title: 'It is held against nothing',
    suggestion: 'Run it with --benchmark buy-and-hold.',
    look: ({ report }) => (report.manifest?.benchmark === 'none' ? 'Benchmark: none' : null),
  },
  {
    id: 'worse-than-holding',
    severity: 'serious',
    title: 'Buying and holding made more, and for a smaller fall',
    suggestion: 'Hold the market, or show what this is better at.',
    look: (view) =>
      view.figure('excessReturn') < 0 && view.figure('maxDrawdown') < view.figure('benchmarkMaxDrawdown')
        ? `${view.words('totalReturn')}, ${view.words('benchmarkReturn')}; ${view.words('maxDrawdown')}`
        : null,
  },
  {
    id: 'is-the-market',
    severity: 'serious',
    title: 'It is the market under another name',
    suggestion: 'Judge it by alpha: nearly all of its moves are those of buying and holding.',
    look: (view) =>
      view.figure('beta') > 0.7 && view.figure('correlation') > 0.9
        ? `${view.words('beta')}, ${view.words('correlation')}`
        : null,
  },
  {
    id: 'long-in-a-rise',
    severity: 'minor',
    title: 'It was only ever long, in a market that rose',
    suggestion: 'Run it over a stretch in which the market fell.',
    look: (view) =>
      view.trades.length > 0 && view.trades.every(({ size }) => size > 0) && view.figure('benchmarkReturn') > 0.5
        ? `All trades are long; ${view.words('benchmarkReturn')}`
        : null,
  },
  {
    id: 'negative-alpha',
    severity: 'serious',
    title: 'What it earned, its exposure to the market earned',
    suggestion: 'Hold as much of the market as its beta says: that would have made more.',
    look: (view) =>
      view.figure('totalReturn') > 0 && view.figure('alpha') < 0
        ? `${view.words('totalReturn')}, ${view.words('alpha')}`
        : null,
  },
  {
    id: 'one-side',
    severity: 'minor',
    title: 'One of its sides loses',
    suggestion: 'Try it without that side, on data that this was not seen on.',
    look: (view) => {
      const [long, short] = [view.figure('longProfit'), view.figure('shortProfit')];
      const both = view.figure('longTrades') >= 10 && view.figure('shortTrades') >= 10;
      return both && Math.max(long, short) > 0 && Math.min(long, short) < 0
        ? `Long trades made ${fixed(long, 2)}, short ones ${fixed(short, 2)}`
        : null;
    },
  },
  {
    id: 'survivors',
    severity: 'serious',
    title: 'None of its symbols ever ended',
    suggestion: 'Use data that hold the symbols that were delisted: the living are the ones that did well.',
    look: ({ report: { symbols, bars } }) => {
      const alive = symbols.filter(({ to }) => to === bars?.to).length;
      return symbols.length >= 10 && alive === symbols.length ? `All ${alive} symbols trade to the last bar` : null;
    },
  },
  {
    id: 'fading',
    severity: 'minor',
    title: 'Its last third is much worse than the rest',
    suggestion: 'An edge that is known wears off: look at the last years alone.',
    look: ({ report: { monthly } }) => {
      const returns = monthly.map((month) => Number(month.returns)).filter(Number.isFinite);
      const cut = Math.floor((returns.length * 2) / 3);
      const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
      const [before, after] = [mean(returns.slice(0, cut)), mean(returns.slice(cut))];
      return returns.length >= 24 && before > 0 && after < 0
        ? `Months returned ${percent(before)} on the mean before, ${percent(after)} in the last third`
        : null;
    },
  },
];

import type { Report } from '@quarry/contracts';
import type { Check } from './check.js';

const fewTradesPerParameter = 10;

function sourceOf({ strategy }: Report): string {
  const text = Object.values(strategy?.source.files ?? {}).join('\n');
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
}

/** Was it fitted to what it is shown on? */
export const sourceChecks: readonly Check[] = [
  {
    id: 'edge-of-range',
    severity: 'serious',
    title: 'A parameter stands at the edge of its range',
    suggestion: 'Widen the range: what lies beyond may be better still, or the range was cut to fit.',
    look: ({ report: { strategy, manifest } }) => {
      const at = Object.entries(strategy?.params ?? {}).find(([name, spec]) => {
        const value = manifest?.params[name];
        return (spec.type === 'int' || spec.type === 'float') && (value === spec.min || value === spec.max);
      });
      if (!at) return null;
      const [name, spec] = at;
      const range = spec.type === 'int' || spec.type === 'float' ? `${spec.min} to ${spec.max}` : '';
      return `${name} is ${String(manifest?.params[name])} of ${range}`;
    },
  },
  {
    id: 'many-parameters',
    severity: 'serious',
    title: 'It has many parameters for its trades',
    suggestion: 'Fix what does not matter as constants that have a reason, or make more trades.',
    look: ({ report: { strategy, tradeCount } }) => {
      const count = Object.keys(strategy?.params ?? {}).length;
      return tradeCount > 0 && count > 0 && tradeCount < fewTradesPerParameter * count
        ? `${tradeCount} trades, ${count} parameters`
        : null;
    },
  },
  {
    id: 'warm-up',
    severity: 'serious',
    title: 'It trades before its longest window is full',
    suggestion: 'Wait until the indicator is defined: compare with NaN is false, but !(a < b) is true.',
    look: ({ report: { strategy, manifest }, trades }) => {
      const windows = Object.entries(strategy?.params ?? {})
        .filter(([, { type, description }]) => type === 'int' && /\bbars?\b/i.test(description))
        .map(([name]) => ({ name, bars: Number(manifest?.params[name]) }));
      const longest = windows.toSorted((a, b) => b.bars - a.bars)[0];
      const first = Math.min(...trades.map(({ entryBar }) => entryBar));
      return longest && first < longest.bars
        ? `First entry at bar ${first}; ${longest.name} is ${longest.bars} bars`
        : null;
    },
  },
  {
    id: 'dates-written-in',
    severity: 'serious',
    title: 'Dates are written into the strategy',
    suggestion:
      'Take them out: they were chosen by somebody who knew what happened then. quarry prove tells which matter.',
    look: ({ report }) => {
      const found = /\b(?:19|20)\d\d-?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\d|3[01])\b/.exec(sourceOf(report));
      return found && `It holds ${found[0]}`;
    },
  },
  {
    id: 'fitted-numbers',
    severity: 'minor',
    title: 'Numbers of many digits are written into the strategy',
    suggestion: 'Round them: if 0.3742 works and 0.4 does not, it is fitted.',
    look: ({ report }) => {
      const found = [...sourceOf(report).matchAll(/\b0?\.\d{4,}\b|\b\d+\.\d{3,}\b/g)].map(([text]) => text);
      return found.length > 0 ? `It holds ${found.slice(0, 5).join(', ')}` : null;
    },
  },
  {
    id: 'chance',
    severity: 'minor',
    title: 'It draws random numbers',
    suggestion: 'Run it with other seeds (--seed): one of them is one of many results.',
    look: ({ report }) =>
      /\brandom\b/.test(sourceOf(report))
        ? `Seed ${report.manifest?.settings.seed ?? 1}, of which nothing is special`
        : null,
  },
];

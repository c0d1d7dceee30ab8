const imports = `import { crossedAbove, crossedBelow, defineStrategy, int, sma } from '@quarry/engine';\n`;

/** Small strategies for specs, as source text. */
export const strategies = {
  cross: `${imports}
export default defineStrategy({
  name: 'Cross',
  params: { fast: int(10, { min: 2, max: 100 }), slow: int(30, { min: 5, max: 400 }) },
  init: ({ bars, params }) => ({ fast: sma(bars.close, params.fast), slow: sma(bars.close, params.slow) }),
  next({ buy, sell }, { fast, slow }) {
    if (crossedAbove(fast, slow)) buy();
    else if (crossedBelow(fast, slow)) sell();
  },
});
`,
  idle: `import { defineStrategy } from '@quarry/engine';
export default defineStrategy({ name: 'Idle', params: {}, init: () => ({}), next() {} });
`,
  gambler: `import { defineStrategy } from '@quarry/engine';
export default defineStrategy({
  name: 'Gambler', params: {}, init: () => ({}),
  next({ buy, index }) { if (index === 0) buy(); },
});
`,
  throws: `import { defineStrategy } from '@quarry/engine';

export default defineStrategy({
  name: 'Throws', params: {}, init: () => ({}),
  next({ index }) {
    console.log('bar', index);
    if (index === 2) throw new RangeError('bar two is cursed');
  },
});
`,
  mistyped: `import { defineStrategy } from '@quarry/engine';
export default defineStrategy({ name: 'Mistyped', params: {}, init: () => ({}), next({ buy }) { buy({ sise: 1 }); } });
`,
  reader: `import { readFileSync } from 'fs';
readFileSync('/etc/passwd');
`,
  endless: `import { defineStrategy } from '@quarry/engine';
export default defineStrategy({ name: 'Endless', params: {}, init: () => ({}), next() { for (;;) {} } });
`,
} as const;

const header = 'date,open,high,low,close,volume\n';

/** Data files for specs, as text. */
export const files = {
  'good.csv': header + days(300, (i) => 100 + 10 * Math.sin(i / 8) + i / 30),
  'crash.csv': `${header}2020-01-02,10,10,10,10,9\n2020-01-03,10,10,10,10,9\n2020-01-06,10,10,1,1,9\n2020-01-07,1,1,1,1,9\n`,
  'one-bar.csv': `${header}2020-01-02,10,11,9,10.5,1000\n`,
  'nan.csv': `${header}2020-01-02,10,11,9,10,5\n2020-01-03,10,11,9,NaN,5\n2020-01-06,10,11,9,10,5\n2020-01-07,10,11,9,10,5\n`,
  'header-only.csv': header,
  'empty.csv': '',
  'no-close.csv': 'date,open,high,low,volume\n2020-01-02,1,2,1,5\n2020-01-03,1,2,1,5\n',
  'words.txt': 'hello\nworld\n',
} as const;

function days(count: number, price: (i: number) => number): string {
  return Array.from({ length: count }, (_, i) => {
    const date = new Date(Date.UTC(2019, 0, 1 + i)).toISOString().slice(0, 10);
    const close = price(i).toFixed(4);
    const open = price(i - 1).toFixed(4);
    return `${date},${open},${Math.max(Number(open), Number(close)) + 1},${Math.min(Number(open), Number(close)) - 1},${close},1000\n`;
  }).join('');
}

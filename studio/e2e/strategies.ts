/** Logs each close. */
export const loud = `import { defineStrategy } from '@quarry/engine';

export default defineStrategy({
  name: 'Loud',
  next({ bars }) {
    console.log('close', bars.close.now.toFixed(2));
  },
});
`;

/** Never comes to the end of the first bar. */
export const endless = `import { defineStrategy } from '@quarry/engine';

export default defineStrategy({
  name: 'Endless',
  next() {
    for (;;);
  },
});
`;

/** Throws on the first bar, on line 6. */
export function throwing(message: string): string {
  return `import { defineStrategy } from '@quarry/engine';

export default defineStrategy({
  name: 'Throwing',
  next() {
    throw new Error(${JSON.stringify(message)});
  },
});
`;
}

/** Buys once, with a choice of these options, a tag for each trade, and logs these lines. */
export function buyFirst(name: string, options: readonly string[], lines: readonly string[] = []): string {
  return `import { choice, defineStrategy } from '@quarry/engine';

const texts: string[] = ${JSON.stringify(options)};
const lines: string[] = ${JSON.stringify(lines)};

export default defineStrategy({
  name: ${JSON.stringify(name)},
  description: texts.join(' '),
  params: { text: choice(texts[3] ?? '', texts, { description: texts.join(' ') }) },
  next({ buy, close, index, params }) {
    if (index < lines.length) console.log(lines[index]);
    if (index < 2 * texts.length) index % 2 ? close() : buy({ tag: (texts[index / 2] ?? params.text).slice(0, 64) });
  },
});
`;
}

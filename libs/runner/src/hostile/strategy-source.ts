import type { StrategySource } from '@quarry/contracts';

/** A strategy of one file, `main.ts`. */
export function strategySource(code: string): StrategySource {
  return { entry: 'main.ts', files: { 'main.ts': code } };
}

/** Code in an otherwise empty strategy's `init`, with the engine as `q`; what it logs is in the run's log. */
export function inInit(code: string): StrategySource {
  return strategySource(
    `// @ts-nocheck\nimport * as q from '@quarry/engine';\nexport default q.defineStrategy({ name: 'h', init(t) {\n${code}\n}, next() {} });\n`,
  );
}

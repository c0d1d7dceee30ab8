import { Suite, type Failure, type StrategySource } from '@quarry/contracts';
import type { Workshop } from '../backtest.js';
import { checkStrategy } from '../check/check-strategy.js';
import type { RunHooks } from '../runner.js';

const start = 'start-of-the-suite.ts';

/** A file that hands the suite over by the log: test by test, so that none is too long for a line. */
const handOver = (entry: string): string => `
import suite from './${entry}';
import { defineStrategy } from '@quarry/engine';
const { tests, ...rest } = Object(suite) as { tests: unknown };
if (!(tests instanceof Object)) throw new TypeError('A suite exports as default what defineSuite returns.');
console.info(JSON.stringify(rest));
for (const entry of Object.entries(tests)) console.info(JSON.stringify(entry));
export default defineStrategy({ name: 'suite', next() {} });
`;

/**
 * Evaluates a suite. It is somebody's code, so it runs where strategies do, and only what it declares comes out: JSON,
 * read by a schema.
 */
export async function readSuite(workshop: Workshop, source: StrategySource, hooks: RunHooks): Promise<Suite | Failure> {
  const { entry, files } = source;
  const lines: string[] = [];
  const { failure } = await checkStrategy(
    workshop,
    { entry: start, files: { ...files, [start]: handOver(entry) } },
    {
      ...hooks,
      onLog: (log) =>
        lines.push(...log.filter(({ file, level }) => file === start && level === 'info').map(({ text }) => text)),
    },
  );
  if (failure) return failure;
  const [rest, ...tests] = lines.map(parse);
  const parsed = Suite.safeParse({ ...(rest as object), tests: Object.fromEntries(tests as [string, unknown][]) });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return {
    code: 'bad-result',
    message: `${entry}: ${issue?.path.map(String).join(' › ') || 'what it exports as default'}: ${issue?.message ?? 'is no suite'}.`,
    position: null,
    diagnostics: [],
  };
}

/** A line that was cut holds no JSON: the schema then names the test that is not there. */
function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return [line.slice(0, 60), null];
  }
}

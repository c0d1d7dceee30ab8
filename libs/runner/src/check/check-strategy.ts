import type { CheckReport, Diagnostic, Failure, StrategySource } from '@quarry/contracts';
import type { Workshop } from '../backtest.js';
import type { RunHooks } from '../runner.js';
import { LogReader, readGuest } from './read-guest.js';

/** Loading a strategy is little work; one that takes longer would not be usable either. */
const maxLoadMs = 5_000;

/** Compiles a strategy and, where that goes well, loads it in the sandbox to learn what it declares. */
export async function checkStrategy(
  { compiler, sandbox, limits }: Workshop,
  source: StrategySource,
  hooks: RunHooks,
): Promise<CheckReport> {
  const { script, diagnostics } = await compiler.compile(source, hooks.signal);
  if (!script) return { name: '', params: {}, diagnostics: [...diagnostics], failure: doesNotCompile(diagnostics) };

  const wallMs = Math.min(limits.wallMs, maxLoadMs);
  const log = new LogReader(script, hooks.onLog);
  const end = await sandbox.run(
    { memoryMb: limits.memoryMb, series: [] },
    {
      kind: 'check',
      script: script.code,
      library: script.library,
      params: {},
      settings: null,
      wallMs,
      outcomeBytes: limits.resultBytes,
      tapeBytes: 0,
    },
    () => ({ tape: () => undefined, log: (piece) => log.take(piece) }),
    hooks.signal,
  );
  const { outcome, failure } = readGuest(end, script, { ...limits, wallMs });
  return { name: outcome?.name ?? '', params: outcome?.params ?? {}, diagnostics: [...diagnostics], failure };
}

/** The failure of a strategy with errors: the first of them in words, all of them as diagnostics. */
export function doesNotCompile(diagnostics: readonly Diagnostic[]): Failure {
  const first = diagnostics.find(({ severity }) => severity === 'error');
  return {
    code: 'does-not-compile',
    message: first?.message ?? 'The strategy does not compile.',
    position: first ? { file: first.file, line: first.line, column: first.column } : null,
    diagnostics: [...diagnostics],
  };
}

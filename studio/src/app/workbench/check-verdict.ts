import type { CheckReport, Failure } from '@quarry/contracts';

/** Why a version cannot run: the check's own failure, or its errors as one. */
export function refusal({ failure, diagnostics }: CheckReport): Failure | null {
  if (failure) return failure;
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (!first) return null;
  const message = errors.length === 1 ? 'One error was found.' : `${errors.length} errors were found.`;
  return { code: 'does-not-compile', message, position: first, diagnostics: errors };
}

/** The verdict in a word or two, with its tone; null where nothing is open. */
export function checkState(check: CheckReport | null | undefined, open: boolean) {
  if (!open) return null;
  if (!check) return { tone: 'muted', text: 'checking…' };
  const errors = check.diagnostics.filter(({ severity }) => severity === 'error').length;
  if (errors > 0) return { tone: 'loss', text: errors === 1 ? '1 error' : `${errors} errors` };
  return check.failure ? { tone: 'loss', text: 'check failed' } : { tone: 'gain', text: 'checked' };
}

import type { Failure } from '@quarry/contracts';
import { inFlags } from './option-words.js';

/**
 * Why data did not become bars, for a person at the command line. A file on which the reader ran out of memory or time, or
 * crashed, is data refused as any other: no strategy has run yet.
 */
export function dataFailure(failure: Failure): Failure {
  const { code, message } = failure;
  return { ...failure, code: code === 'no-such-dataset' ? code : 'data-refused', message: inFlags(message) };
}

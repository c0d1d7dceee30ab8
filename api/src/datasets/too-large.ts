import { DomainError } from '../http/domain-error.js';

export function tooLarge(limit: number): DomainError {
  return new DomainError(
    'too-large',
    `The file is larger than ${Math.floor(limit / 1_048_576)} MiB, the most that may be uploaded.`,
  );
}

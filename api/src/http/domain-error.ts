import type { ErrorCode, Problem } from '@quarry/contracts';

/** A refused request. Codes are a closed list; `detail` names the thing, its value and the way out. */
export class DomainError extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly detail: string,
    readonly more: {
      readonly issues?: NonNullable<Problem['issues']>;
      readonly headers?: Readonly<Record<string, string>>;
    } = {},
  ) {
    super(detail);
    this.name = 'DomainError';
  }
}

export function notFound(thing: string, id: string): DomainError {
  return new DomainError('not-found', `There is no ${thing} ${id} in your team.`);
}

import { StandardSchemaValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import type { Problem } from '@quarry/contracts';
import { DomainError } from './domain-error.js';

/** Parses bodies, queries and parameters by the contract their decorator names. */
class ContractPipe extends StandardSchemaValidationPipe {
  override async transform<T>(value: T, metadata: ArgumentMetadata): Promise<T> {
    try {
      return await super.transform(value, metadata);
    } catch (error) {
      if (!(error instanceof RefusedValue)) throw error;
      throw refusal(
        error.issues.map(({ path, message }) => ({ path: path === '' ? (metadata.data ?? '') : path, message })),
      );
    }
  }
}

class RefusedValue extends Error {
  constructor(readonly issues: Issues) {
    super();
  }
}

type Issues = NonNullable<Problem['issues']>;

export function contractPipe(): StandardSchemaValidationPipe {
  return new ContractPipe({
    exceptionFactory: (found) =>
      new RefusedValue(found.map(({ path, message }) => ({ path: pathText(path), message }))),
  });
}

function refusal(issues: Issues): DomainError {
  const [first] = issues;
  const detail = first
    ? `${first.path === '' ? 'The request' : first.path}: ${first.message}`
    : 'The request cannot be read.';
  return new DomainError('bad-request', detail, { issues });
}

function pathText(path: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined): string {
  return (path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.');
}

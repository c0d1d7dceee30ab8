import { StandardSchemaValidationPipe } from '@nestjs/common';
import { DomainError } from './domain-error.js';

/** Parses bodies, queries and parameters by the contract their decorator names. */
export function contractPipe(): StandardSchemaValidationPipe {
  return new StandardSchemaValidationPipe({
    exceptionFactory: (found) => {
      const issues = found.map(({ path, message }) => ({ path: pathText(path), message }));
      const [first] = issues;
      const detail = first
        ? `${first.path === '' ? 'The request' : first.path}: ${first.message}`
        : 'The request cannot be read.';
      return new DomainError('bad-request', detail, { issues });
    },
  });
}

function pathText(path: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined): string {
  return (path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.');
}

import type { ErrorCode, Problem } from '@quarry/contracts';
import { isDiskFull } from '@quarry/platform/artifacts';
import { isOutOfReach } from '@quarry/platform/database';
import { DomainError } from './domain-error.js';

const kinds = {
  'bad-request': [400, 'The request cannot be read'],
  'not-signed-in': [401, 'Sign in first'],
  'code-needed': [401, 'The code of your authenticator is needed'],
  'not-allowed': [403, 'Not allowed'],
  'not-found': [404, 'Not found'],
  'name-taken': [409, 'The name is taken'],
  'email-taken': [409, 'The address is taken'],
  'last-admin': [409, 'A team keeps an admin'],
  'link-not-valid': [410, 'The link is not valid any more'],
  'dataset-not-ready': [409, 'The dataset is not ready'],
  'upload-incomplete': [409, 'The upload is not complete'],
  'wrong-offset': [409, 'The upload goes on elsewhere'],
  'run-already-finished': [409, 'The run has already finished'],
  'run-not-failed': [409, 'The run has not failed'],
  'idempotency-key-reused': [409, 'The Idempotency-Key was used for another request'],
  'bad-range': [416, 'The range is outside the file'],
  'too-large': [413, 'Too large'],
  'too-many-requests': [429, 'Too many requests'],
  'quota-used-up': [429, 'The quota is used up'],
  'storage-used-up': [409, 'The storage is used up'],
  'disk-full': [503, 'The disk is full'],
  unavailable: [503, 'A service is out of reach'],
  internal: [500, 'Something went wrong on our side'],
} satisfies Record<ErrorCode, readonly [number, string]>;

/** Problem details (RFC 9457) of a refusal. */
export function problemOf(error: DomainError): Problem {
  const [status, title] = kinds[error.code];
  return {
    type: `urn:quarry:problem:${error.code}`,
    title,
    status,
    code: error.code,
    detail: error.detail,
    ...(error.more.issues ? { issues: error.more.issues } : {}),
  };
}

/** Reads whatever was thrown as a refusal; what nobody foresaw is `internal` and says nothing about itself. */
export function asDomainError(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  if (isOutOfReach(error)) {
    return new DomainError('unavailable', 'The database is out of reach. Try again in a moment.', {
      headers: { 'Retry-After': '2' },
    });
  }
  if (isDiskFull(error)) {
    return new DomainError(
      'disk-full',
      'The disk is full: nothing of this was kept, and what was there is whole. Ask whoever runs Quarry to make room, and try again.',
      { headers: { 'Retry-After': '60' } },
    );
  }
  switch (statusOf(error)) {
    case 400:
      return new DomainError('bad-request', isAboutAddress(error) ? badAddress : 'The body is not valid JSON.');
    case 404:
      return new DomainError('not-found', 'There is no such address.');
    case 413:
      return new DomainError('too-large', 'The body is larger than this address takes.');
    case 415:
      return new DomainError('bad-request', 'The body has an encoding that is not read here.');
    default:
      return new DomainError('internal', 'The fault is ours and has been written to the log.');
  }
}

const badAddress = 'The address is not well-formed: a % in it is not followed by UTF-8 in hexadecimal.';

/** As the router says it where part of a path cannot be decoded. */
function isAboutAddress(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('Failed to decode param');
}

function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('status' in error && typeof error.status === 'number') return error.status;
  return 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : undefined;
}

import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { ErrorCode } from '@quarry/contracts';
import type { Response } from 'express';
import type { Logger } from 'pino';
import { asDomainError, problemOf } from './problem.js';

const faults = new Set<ErrorCode>(['internal', 'unavailable', 'disk-full']);

/** Answers every refusal and every fault with problem details; faults of ours go to the log in full. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const refusal = asDomainError(error);
    if (faults.has(refusal.code)) this.log.error({ err: error }, refusal.code);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const problem = problemOf(refusal);
    response
      .status(problem.status)
      .set(refusal.more.headers ?? {})
      .type('application/problem+json')
      .send(JSON.stringify(problem));
  }
}

import { traced } from '@quarry/platform/database';
import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';

/**
 * One line per request: method, path, status and time. Neither query, headers nor bodies, which may hold secrets. Lines of
 * a request, and of a run that it queues, carry the id of the trace that its caller names, or of one that begins here.
 */
export function requestLog(log: Logger): RequestHandler {
  return (request, response, next) => {
    traced(request.get('traceparent'), () => {
      follow(log, request, response);
      next();
    });
  };
}

function follow(log: Logger, request: Request, response: Response): void {
  const start = performance.now();
  const { method, path } = request;
  response.once('close', () => {
    const level = response.statusCode >= 500 ? 'error' : path.startsWith('/api/') ? 'info' : 'debug';
    log[level]({ method, path, status: response.statusCode, ms: Math.round(performance.now() - start) }, 'request');
  });
}

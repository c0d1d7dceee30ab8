import type { RequestHandler } from 'express';
import type { Logger } from 'pino';

/** One line per request: method, path, status and time. Neither query, headers nor bodies, which may hold secrets. */
export function requestLog(log: Logger): RequestHandler {
  return (request, response, next) => {
    const start = performance.now();
    const { method, path } = request;
    response.once('close', () => {
      const level = response.statusCode >= 500 ? 'error' : path.startsWith('/api/') ? 'info' : 'debug';
      log[level]({ method, path, status: response.statusCode, ms: Math.round(performance.now() - start) }, 'request');
    });
    next();
  };
}

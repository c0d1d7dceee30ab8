import type { RequestHandler } from 'express';

/** Cuts the connection of a request whose JSON body has not arrived in time. Uploads may take as long as they move. */
export function bodyDeadline(ms: number): RequestHandler {
  return (request, _response, next) => {
    if (request.is('json')) {
      const deadline = setTimeout(() => {
        if (!request.complete) request.destroy();
      }, ms);
      request.once('close', () => {
        clearTimeout(deadline);
      });
    }
    next();
  };
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { Router } from 'express';

const hashed = /[-.][A-Za-z0-9_-]{8,}\.\w+$/;
const ownRoutes = /^\/(api|health|docs|metrics)(\/|$)/i;
const year = 'public, max-age=31536000, immutable';

/**
 * The built studio. Files named by their content are kept for a year; every other address that a browser navigates to
 * is the studio's own and gets its page. Without a build there is nothing to serve, and the API stands alone.
 */
export function studioFiles(directory: string): Router {
  const router = Router();
  const page = join(directory, 'index.html');
  if (!existsSync(page)) return router;

  const files = express.static(directory, {
    index: false,
    setHeaders: (response, path) => {
      response.setHeader('Cache-Control', hashed.test(path) ? year : 'no-cache');
    },
  });
  router.use((request, response, next) => {
    if (ownRoutes.test(request.path)) next('router');
    else files(request, response, next);
  });
  router.get(/^[^.]*$/, (_, response) => {
    response.setHeader('Cache-Control', 'no-cache');
    response.sendFile(page);
  });
  return router;
}

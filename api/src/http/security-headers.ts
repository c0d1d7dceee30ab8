import helmet from 'helmet';
import type { RequestHandler } from 'express';

/**
 * The content security policy that the whole studio lives under, Monaco included. Styles may be inline, since Angular
 * and Monaco set them; scripts and workers may come from this origin only, and nothing is ever evaluated.
 */
const contentSecurityPolicy = {
  'default-src': ["'self'"],
  'script-src': ["'self'"],
  'worker-src': ["'self'"],
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'", 'data:'],
  'connect-src': ["'self'"],
  'object-src': ["'none'"],
  'base-uri': ["'self'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
};

export function securityHeaders(): RequestHandler {
  return helmet({
    contentSecurityPolicy: { useDefaults: false, directives: contentSecurityPolicy },
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
    strictTransportSecurity: { includeSubDomains: false },
  });
}

/** What the API answers is the team's, and as it is now: no cache keeps it. Files that runs made say otherwise. */
export const neverKept: RequestHandler = (_, response, next) => {
  response.setHeader('Cache-Control', 'no-store');
  next();
};

/** A file that a run made: it may be looked at, never act in this origin's name. */
export const artifactPolicy = "sandbox; default-src 'none'";

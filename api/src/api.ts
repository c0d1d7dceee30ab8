import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { ApiModule, type Services } from './api.module.js';
import { openApi } from './docs/open-api.js';
import { routesOf } from './docs/routes.js';
import { bodyDeadline } from './http/body-deadline.js';
import { requestLog } from './http/request-log.js';
import { neverKept, securityHeaders } from './http/security-headers.js';
import { nestLog } from './nest-log.js';
import { studioFiles } from './studio-files.js';

const studio = fileURLToPath(new URL('../../studio/dist/browser', import.meta.url));
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** A strategy's files are the largest JSON that is taken. */
const maxJson = '8mb';

/** The whole API over the given services, not yet listening. Closing it closes them. */
export async function createApi(services: Services, studioDirectory = studio): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(ApiModule.over(services), {
    bodyParser: false,
    forceCloseConnections: true,
    logger: nestLog(services.log),
  });
  app.disable('x-powered-by');
  app.use(requestLog(services.log), securityHeaders(), bodyDeadline(30_000));
  app.use('/api', neverKept);
  app.useBodyParser('json', { limit: maxJson });
  SwaggerModule.setup('docs', app, openApi(routesOf(app), version) as unknown as OpenAPIObject, {
    jsonDocumentUrl: 'docs/openapi.json',
    raw: ['json'],
    customSiteTitle: 'Quarry API',
  });
  app.use(studioFiles(studioDirectory));
  const server = app.getHttpServer();
  // A large upload takes longer than any whole request may; a connection on which nothing moves is cut instead.
  server.requestTimeout = 0;
  server.timeout = 60_000;
  return app;
}

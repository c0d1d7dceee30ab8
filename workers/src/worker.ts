import 'reflect-metadata';
import { mkdir } from 'node:fs/promises';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Lanes } from './attempt/lanes.js';
import { WorkerModule, type WorkerServices, type WorkerSettings } from './worker.module.js';

/** A worker over the given services, taking slices but not yet listening. Closing it closes them. */
export async function startWorker(services: WorkerServices, settings: WorkerSettings): Promise<NestExpressApplication> {
  await mkdir(settings.directory, { recursive: true });
  const app = await NestFactory.create<NestExpressApplication>(WorkerModule.over(services, settings), {
    forceCloseConnections: true,
    logger: ['error', 'fatal'],
  });
  app.disable('x-powered-by');
  await app.get(Lanes).start();
  return app;
}

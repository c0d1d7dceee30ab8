import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { attemptFolder } from './attempt/attempt-folders.js';
import { Lanes } from './attempt/lanes.js';
import { Heartbeat } from './registry/heartbeat.js';
import { WorkerModule, type WorkerServices, type WorkerSettings } from './worker.module.js';

/** A worker over the given services, taking slices but not yet listening. Closing it closes them. */
export async function startWorker(services: WorkerServices, settings: WorkerSettings): Promise<NestExpressApplication> {
  const directory = await attemptFolder(settings.directory);
  const module = WorkerModule.over(services, { ...settings, directory });
  const app = await NestFactory.create<NestExpressApplication>(module, {
    forceCloseConnections: true,
    logger: ['error', 'fatal'],
  });
  app.disable('x-powered-by');
  await app.get(Lanes).start();
  await app.get(Heartbeat).start();
  return app;
}

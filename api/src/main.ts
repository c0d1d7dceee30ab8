import { fileURLToPath } from 'node:url';
import { openArtifactStore } from '@quarry/platform/artifacts';
import { readApiConfig } from '@quarry/platform/config';
import { Database } from '@quarry/platform/database';
import { openRunQueue } from '@quarry/platform/queue';
import { pino } from 'pino';
import { createApi } from './api.js';
import { seedExamples } from './examples/seed-examples.js';

const strategies = fileURLToPath(new URL('../../strategies', import.meta.url));

const config = readApiConfig();
const log = pino({ level: config.logLevel, base: { process: 'api' } });
const database = await Database.connect(config.databaseUrl, { applicationName: 'quarry-api' });
const queue = openRunQueue(config.queue, (error) => {
  log.warn({ err: error }, 'the queue is in trouble');
});
const artifacts = openArtifactStore(config.artifacts);

const seedTeams = (): Promise<void> => seedExamples(database, strategies);

const { maxUploadBytes, signUpIsOpen, allowance } = config;
const app = await createApi({ database, queue, artifacts, log, maxUploadBytes, signUpIsOpen, allowance, seedTeams });
app.set('trust proxy', config.trustedProxies);
app.enableShutdownHooks(['SIGTERM', 'SIGINT'], { useProcessExit: true });
await seedTeams();
await app.listen(config.port, config.host);
log.info({ url: await app.getUrl() }, 'listening');

import { fileURLToPath } from 'node:url';
import { openArtifactStore } from '@quarry/platform/artifacts';
import { readApiConfig } from '@quarry/platform/config';
import { Database, setSlicesPerTeam, traceFields } from '@quarry/platform/database';
import { openRunQueue } from '@quarry/platform/queue';
import { pino } from 'pino';
import { createApi } from './api.js';
import { seedExamples } from './examples/seed-examples.js';
import { openMasterKeys } from './keys/master-keys.js';
import { Envelope } from './keys/envelope.js';
import { sealedProviderKeys } from './keys/provider-keys.js';
import { renewSealed } from './keys/renew-sealed.js';
import { sealedWebhooks } from './webhooks/webhooks.js';

const strategies = fileURLToPath(new URL('../../strategies', import.meta.url));

const config = readApiConfig();
const log = pino({ level: config.logLevel, base: { process: 'api' }, mixin: traceFields });
const database = await Database.connect(config.databaseUrl, { applicationName: 'quarry-api' });
const queue = openRunQueue(config.queue, (error) => {
  log.warn({ err: error }, 'the queue is in trouble');
});
const artifacts = openArtifactStore(config.artifacts);

const masterKeys = openMasterKeys(config.masterKeys, config.home);

const seedTeams = (): Promise<void> => seedExamples(database, strategies);

const { maxUploadBytes, signUpIsOpen, webhooksMayBePrivate, allowance } = config;
const app = await createApi({
  database,
  queue,
  artifacts,
  log,
  maxUploadBytes,
  signUpIsOpen,
  webhooksMayBePrivate,
  allowance,
  masterKeys,
  seedTeams,
});
app.set('trust proxy', config.trustedProxies);
app.enableShutdownHooks(['SIGTERM', 'SIGINT'], { useProcessExit: true });
await seedTeams();
await database.asRelay((rows) => setSlicesPerTeam(rows, allowance.concurrentSlices));
// After a rotation: what lies under an earlier master key is sealed under today's.
const renewed = await renewSealed(database, new Envelope(masterKeys), [sealedProviderKeys, sealedWebhooks]);
if (renewed > 0) log.info({ renewed }, 'provider keys and webhooks are sealed under the current master key');
await app.listen(config.port, config.host);
log.info({ url: await app.getUrl() }, 'listening');

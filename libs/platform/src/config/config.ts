import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { env as processEnv } from 'node:process';
import {
  ConfigError,
  type Environment,
  oneOf,
  optional,
  origin,
  readVariables,
  required,
  secret,
  text,
  url,
  wholeNumber,
  wholeRange,
  yesOrNo,
} from './variables.js';

const postgresUrl = url('postgres', 'postgresql');

const artifactVariables = {
  S3_BUCKET: optional(text),
  S3_ENDPOINT: optional(url('http', 'https')),
  S3_REGION: optional(text, 'us-east-1'),
  S3_ACCESS_KEY_ID: optional(text),
  S3_SECRET_ACCESS_KEY: secret(optional(text)),
  S3_FORCE_PATH_STYLE: optional(yesOrNo, true),
  S3_PUBLIC_ENDPOINT: optional(origin('http', 'https')),
};

const shared = {
  ...artifactVariables,
  QUARRY_HOME: optional(text, '.quarry'),
  DATABASE_URL: required(postgresUrl),
  REDIS_URL: optional(url('redis', 'rediss')),
  /** A worker that does not renew its lock for so long has lost its slice. */
  QUEUE_LOCK_MS: optional(wholeNumber(500, 600_000), 10_000),
  /** How often lost locks are looked for. */
  QUEUE_STALLED_MS: optional(wholeNumber(250, 600_000), 5_000),
  LOG_LEVEL: optional(oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'), 'info'),
};

const apiVariables = {
  ...shared,
  HOST: optional(text, '127.0.0.1'),
  PORT: optional(wholeNumber(1, 65_535), 4600),
  /** The largest file that may be uploaded, MiB. */
  UPLOAD_MAX_MB: optional(wholeNumber(1, 1_048_576), 5_120),
  /** How many proxies of your own stand before the API; X-Forwarded-For is believed that far and no further. */
  TRUST_PROXY: optional(wholeNumber(0, 10), 0),
  /** Who may sign up: those with an invitation, or anybody who reaches the address. */
  SIGN_UP: optional(oneOf('invitation', 'open'), 'invitation'),
  /** What opens the secrets that are kept sealed, as id:key, the current one first; unset, made once and kept in the home. */
  MASTER_KEYS: secret(optional(text)),
  /** Whether webhooks may lead to addresses within this network, which somebody from outside could use to reach into it. */
  WEBHOOKS_PRIVATE: optional(yesOrNo, false),
  /** What any team may use at most; its admins may set less. */
  LIMIT_USER_REQUESTS_PER_MINUTE: optional(wholeNumber(10, 1_000_000), 6_000),
  LIMIT_REQUESTS_PER_MINUTE: optional(wholeNumber(10, 1_000_000), 30_000),
  LIMIT_CONCURRENT_SLICES: optional(wholeNumber(1, 100_000), 1_000),
  LIMIT_WORKER_SECONDS_PER_DAY: optional(wholeNumber(1, 1_000_000_000), 10_000_000),
  LIMIT_STORAGE_MB: optional(wholeNumber(1, 1_000_000_000), 1_048_576),
};

const workerVariables = {
  ...shared,
  /** For /health and /metrics; 0 takes any free port. */
  WORKER_HOST: optional(text, '127.0.0.1'),
  WORKER_PORT: optional(wholeNumber(0, 65_535), 0),
  LANES: optional(wholeNumber(1, 256), Math.min(4, Math.max(1, availableParallelism() - 1))),
  /** A lane that does not renew its lease for so long has lost its slice. */
  LEASE_MS: optional(wholeNumber(500, 600_000), 10_000),
  /** How long a worker that is asked to go lets its lanes finish before they hand back what they hold. */
  DRAIN_MS: optional(wholeNumber(0, 600_000), 10_000),
  /** How much decoded columns may take on this machine's disk, MiB; unset, a tenth of it. */
  COLUMN_CACHE_MB: optional(wholeNumber(16, 1_000_000_000)),
  /** The weakest wall around strategies that is accepted. Unset, any is, but a weak one serves a single team only. */
  RUNNER_WALL_MIN: optional(oneOf('full', 'permission', 'none')),
  RUN_WALL_MS: optional(wholeNumber(100, 86_400_000), 60_000),
  RUN_MEMORY_MB: optional(wholeNumber(64, 65_536), 512),
  RUN_RESULT_MB: optional(wholeNumber(1, 4_096), 64),
};

const migrateVariables = {
  ...artifactVariables,
  QUARRY_HOME: shared.QUARRY_HOME,
  REDIS_URL: shared.REDIS_URL,
  /** The owner of the database, who may make roles. */
  DATABASE_OWNER_URL: required(postgresUrl),
  DATABASE_APP_PASSWORD: secret(required(text)),
  DATABASE_WORKER_PASSWORD: secret(required(text)),
};

const startVariables = {
  QUARRY_HOME: shared.QUARRY_HOME,
  HOST: apiVariables.HOST,
  PORT: apiVariables.PORT,
  /** A PostgreSQL of your own, as the owner of its database; unset starts the embedded one. */
  DATABASE_OWNER_URL: optional(postgresUrl),
  DATABASE_APP_PASSWORD: secret(optional(text)),
  DATABASE_WORKER_PASSWORD: secret(optional(text)),
  REDIS_URL: shared.REDIS_URL,
  LANES: workerVariables.LANES,
  /** How many worker processes there are, as many as there is work for: at least and at most. */
  WORKERS: optional(wholeRange(1, 64)),
};

function sharedConfig(values: ReturnType<typeof readVariables<typeof shared>>) {
  const home = resolve(values.QUARRY_HOME);
  return {
    home,
    databaseUrl: values.DATABASE_URL,
    queue: {
      redisUrl: values.REDIS_URL,
      databaseUrl: values.DATABASE_URL,
      lockMs: values.QUEUE_LOCK_MS,
      stalledMs: values.QUEUE_STALLED_MS,
    },
    artifacts: artifactConfig(values, home),
    logLevel: values.LOG_LEVEL,
  };
}

/** Artifacts lie in S3 where a bucket is named, in `<home>/artifacts` otherwise. */
function artifactConfig(values: ReturnType<typeof readVariables<typeof artifactVariables>>, home: string) {
  if (values.S3_BUCKET === null) return { kind: 'folder' as const, directory: join(home, 'artifacts') };
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = values;
  if ((accessKeyId === null) !== (secretAccessKey === null)) {
    throw new ConfigError([
      'S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY go together. Set both, or neither to use the credentials of this machine.',
    ]);
  }
  return {
    kind: 's3' as const,
    bucket: values.S3_BUCKET,
    endpoint: values.S3_ENDPOINT,
    region: values.S3_REGION,
    credentials: accessKeyId !== null && secretAccessKey !== null ? { accessKeyId, secretAccessKey } : null,
    forcePathStyle: values.S3_FORCE_PATH_STYLE,
    publicEndpoint: values.S3_PUBLIC_ENDPOINT,
  };
}

/** What the API is told by its environment. @throws ConfigError */
export function readApiConfig(env: Environment = processEnv) {
  const values = readVariables(env, apiVariables);
  return {
    ...sharedConfig(values),
    host: values.HOST,
    port: values.PORT,
    maxUploadBytes: values.UPLOAD_MAX_MB * 1024 * 1024,
    trustedProxies: values.TRUST_PROXY,
    signUpIsOpen: values.SIGN_UP === 'open',
    masterKeys: values.MASTER_KEYS,
    webhooksMayBePrivate: values.WEBHOOKS_PRIVATE,
    allowance: {
      userRequestsPerMinute: values.LIMIT_USER_REQUESTS_PER_MINUTE,
      requestsPerMinute: values.LIMIT_REQUESTS_PER_MINUTE,
      concurrentSlices: values.LIMIT_CONCURRENT_SLICES,
      workerSecondsPerDay: values.LIMIT_WORKER_SECONDS_PER_DAY,
      storageBytes: values.LIMIT_STORAGE_MB * 1024 * 1024,
    },
  };
}
export type ApiConfig = ReturnType<typeof readApiConfig>;

/** What a worker process is told by its environment. @throws ConfigError */
export function readWorkerConfig(env: Environment = processEnv) {
  const values = readVariables(env, workerVariables);
  return {
    ...sharedConfig(values),
    host: values.WORKER_HOST,
    port: values.WORKER_PORT,
    lanes: values.LANES,
    leaseMs: values.LEASE_MS,
    drainMs: values.DRAIN_MS,
    columnCacheBytes: values.COLUMN_CACHE_MB === null ? null : values.COLUMN_CACHE_MB * 1024 * 1024,
    wallMin: values.RUNNER_WALL_MIN,
    limits: {
      wallMs: values.RUN_WALL_MS,
      memoryMb: values.RUN_MEMORY_MB,
      resultBytes: values.RUN_RESULT_MB * 1024 * 1024,
    },
  };
}
export type WorkerConfig = ReturnType<typeof readWorkerConfig>;

/** What the set-up of a system is told by its environment. @throws ConfigError */
export function readMigrateConfig(env: Environment = processEnv) {
  const values = readVariables(env, migrateVariables);
  return {
    ownerUrl: values.DATABASE_OWNER_URL,
    passwords: { app: values.DATABASE_APP_PASSWORD, worker: values.DATABASE_WORKER_PASSWORD },
    redisUrl: values.REDIS_URL,
    artifacts: artifactConfig(values, resolve(values.QUARRY_HOME)),
  };
}

/** What `npm start` is told by its environment. @throws ConfigError */
export function readStartConfig(env: Environment = processEnv) {
  const values = readVariables(env, startVariables);
  return {
    home: resolve(values.QUARRY_HOME),
    host: values.HOST,
    port: values.PORT,
    database:
      values.DATABASE_OWNER_URL === null
        ? null
        : {
            ownerUrl: values.DATABASE_OWNER_URL,
            appPassword: values.DATABASE_APP_PASSWORD,
            workerPassword: values.DATABASE_WORKER_PASSWORD,
          },
    redisUrl: values.REDIS_URL,
    workers: {
      given: values.WORKERS,
      /** A lane for each core. */
      otherwise: { min: 1, max: Math.min(64, Math.ceil(availableParallelism() / values.LANES)) },
    },
  };
}
export type StartConfig = ReturnType<typeof readStartConfig>;

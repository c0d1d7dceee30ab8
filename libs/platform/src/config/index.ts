export {
  type ApiConfig,
  readApiConfig,
  readMigrateConfig,
  readStartConfig,
  readWorkerConfig,
  type StartConfig,
  type WorkerConfig,
} from './config.js';
export { ConfigError } from './variables.js';

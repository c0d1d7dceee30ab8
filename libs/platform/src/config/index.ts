export {
  type ApiConfig,
  readApiConfig,
  readStartConfig,
  readWorkerConfig,
  type StartConfig,
  type WorkerConfig,
} from './config.js';
export { ConfigError } from './variables.js';

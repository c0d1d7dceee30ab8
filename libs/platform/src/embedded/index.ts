export { EmbeddedError } from './embedded-error.js';
export {
  type EmbeddedPasswords,
  type EmbeddedPostgres,
  runningEmbeddedPostgres,
  startEmbeddedPostgres,
} from './embedded-postgres.js';
export { freePort } from './free-port.js';
export { holdFolder } from './hold-folder.js';
export { SmallDisk } from './small-disk.js';
export { startTemporaryPostgres } from './temporary-postgres.js';

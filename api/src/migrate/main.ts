// Sets a system up, or brings it up to date: schema, roles, queue, bucket. Prints the first user's credentials once.
import { openArtifactStore } from '@quarry/platform/artifacts';
import { ConfigError, readMigrateConfig } from '@quarry/platform/config';
import { prepareDatabase } from './prepare-database.js';

try {
  const config = readMigrateConfig();
  const credentials = await prepareDatabase(config);
  await openArtifactStore(config.artifacts).prepare();
  process.stdout.write('Database and artifact store are up to date.\n');
  if (credentials) {
    const { email, password } = credentials;
    process.stdout.write(`The first user, shown this once:\n  Email     ${email}\n  Password  ${password}\n`);
  }
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(`Quarry was not set up: ${reason}\n`);
  process.exitCode = error instanceof ConfigError ? 2 : 1;
}

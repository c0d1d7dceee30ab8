import process from 'node:process';
import { resetPassword } from '@quarry/platform/database';
import { holdFolder, runningEmbeddedPostgres } from '@quarry/platform/embedded';
import { colours, step } from '../build/progress.mjs';
import { openDatabase } from './database.mjs';

/** Works beside a running Quarry, and without one. */
export async function printNewPassword(config, email) {
  const running = config.database ?? (await runningEmbeddedPostgres(config.home));
  const credentials = running ? await resetPassword(running.ownerUrl, email) : await withOwnServer(config, email);
  const paint = colours(process.stdout);
  if (!credentials) {
    const error = new Error(
      `Nobody has the address ${email}. Name another: npm start -- reset-password you@example.org`,
    );
    error.name = 'StartError';
    throw error;
  }
  process.stdout.write(
    `\n     Email     ${paint.bold(credentials.email)}\n     Password  ${paint.bold(credentials.password)}\n\n     Shown this once. Sessions of this user have ended.\n\n`,
  );
}

async function withOwnServer(config, email) {
  const release = holdFolder(config.home);
  try {
    const database = await step('PostgreSQL', () => openDatabase(config));
    try {
      return await resetPassword(database.ownerUrl, email);
    } finally {
      await database.stop();
    }
  } finally {
    release();
  }
}

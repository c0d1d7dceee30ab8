import process from 'node:process';
import { resetPassword } from '@quarry/platform/database';
import { colours } from '../build/progress.mjs';
import { onDatabase } from './on-database.mjs';

/** Works beside a running Quarry, and without one. */
export async function printNewPassword(config, email) {
  const credentials = await onDatabase(config, (ownerUrl) => resetPassword(ownerUrl, email));
  const paint = colours(process.stdout);
  if (!credentials) {
    const error = new Error(
      `Nobody has the address ${email}. Name another: npm start -- reset-password you@example.org`,
    );
    error.name = 'StartError';
    throw error;
  }
  process.stdout.write(
    `\n     Email     ${paint.bold(credentials.email)}\n     Password  ${paint.bold(credentials.password)}\n\n     Shown this once. Sessions of this user have ended, and two-step sign-in is off.\n\n`,
  );
}

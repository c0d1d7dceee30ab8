import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import process from 'node:process';
import { openArtifactStore } from '@quarry/platform/artifacts';
import { backUpRows } from '@quarry/platform/database';
import { colours, step } from '../build/progress.mjs';
import { backupError, BackupWriter } from './backup-file.mjs';
import { onDatabase } from './on-database.mjs';

/** Keeps the rows as of one moment, and the artifacts that they refer to, in one new file. Works beside a running Quarry. */
export async function writeBackup(config, file) {
  const path = resolve(file);
  if (existsSync(path)) throw backupError(`${path} is there already. Name a file that is not.`);
  const store = openArtifactStore(config.artifacts);
  const writer = new BackupWriter(path);
  const counted = { rows: 0, artifacts: 0, missing: 0 };
  try {
    const { schema, keys } = await onDatabase(config, (ownerUrl) =>
      step('Rows', () =>
        backUpRows(ownerUrl, async ({ table, rows }, count) => {
          counted.rows += count;
          await writer.add('rows', { table, count }, Buffer.from(rows));
        }),
      ),
    );
    await step('Artifacts', async () => {
      for (const key of keys) {
        const found = await store.read(key);
        if (found) await writer.addStream('artifact', { key }, found);
        counted[found ? 'artifacts' : 'missing'] += 1;
      }
    });
    await writer.add('schema', { schema }, '');
    await writer.end();
  } catch (error) {
    await writer.abandon();
    if (['ENOSPC', 'EACCES', 'ENOENT', 'EROFS'].includes(error.code)) {
      throw backupError(`${path} cannot be written (${error.code}). Nothing is left of it.`);
    }
    throw error;
  }
  const { size } = await stat(path);
  const gone = counted.missing > 0 ? ` ${counted.missing} artifacts were gone from the store.` : '';
  process.stdout.write(
    `\n  ${colours(process.stdout).green('✓')} ${counted.rows} rows and ${counted.artifacts} artifacts in ${path} (${size} bytes).${gone}\n\n     Sealed secrets open with the master keys only, which are not in it: keep MASTER_KEYS or ${config.home}/master-keys elsewhere.\n\n`,
  );
}

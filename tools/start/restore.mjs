import { resolve } from 'node:path';
import process from 'node:process';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { openArtifactStore } from '@quarry/platform/artifacts';
import { migrate, restoreRows, stateOf } from '@quarry/platform/database';
import { holdFolder } from '@quarry/platform/embedded';
import { colours, step } from '../build/progress.mjs';
import { backupError, readBackup } from './backup-file.mjs';
import { openDatabase } from './database.mjs';

/** Brings a backup into a home and a database in which nobody lives yet. Rows come all or not at all. */
export async function restoreBackup(config, file) {
  const path = resolve(file);
  const { schema, counted } = await step('Reading the backup', () => look(path));
  const release = holdFolder(config.home);
  try {
    const database = await step('PostgreSQL', () => openDatabase(config));
    try {
      await step('Database schema', () => migrate(database.ownerUrl, database.passwords));
      const state = await stateOf(database.ownerUrl);
      if (!state.isEmpty) throw backupError(`${config.home} has people in it already. Name a new home with --home.`);
      if (state.schema.join() !== schema.join()) {
        throw backupError(
          `The backup is of another version (its last migration is ${schema.at(-1)}, here it is ${state.schema.at(-1)}). Restore it with the version that made it, then update.`,
        );
      }
      const store = openArtifactStore(config.artifacts);
      await step('Artifacts', async () => {
        for await (const { kind, key, body } of readBackup(path)) {
          if (kind === 'artifact') await store.put(key, Readable.from(body), 'application/octet-stream');
        }
      });
      await step('Rows', () => restoreRows(database.ownerUrl, rowsIn(path)));
    } finally {
      await database.stop();
    }
  } finally {
    release();
  }
  process.stdout.write(
    `\n  ${colours(process.stdout).green('✓')} ${counted.rows} rows and ${counted.artifact} artifacts are in ${config.home}.\n\n     Sealed secrets open with the master keys of where the backup was made: set MASTER_KEYS, or copy master-keys there.\n\n`,
  );
}

/** Reads it to its end before anything is changed. */
async function look(path) {
  const counted = { rows: 0, artifact: 0 };
  let schema = null;
  for await (const entry of readBackup(path)) {
    if (entry.kind === 'artifact') counted.artifact += 1;
    if (entry.kind === 'rows') counted.rows += entry.count;
    if (entry.kind === 'schema') ({ schema } = entry);
  }
  if (schema === null) throw backupError(`${path} does not say of what version it is.`);
  return { schema, counted };
}

async function* rowsIn(path) {
  for await (const entry of readBackup(path)) {
    if (entry.kind === 'rows') yield { table: entry.table, rows: await text(entry.body) };
  }
}

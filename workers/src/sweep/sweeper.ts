import { rm, statfs } from 'node:fs/promises';
import type { ArtifactStore } from '@quarry/platform/artifacts';
import { forgetAbandonedUploads, type Database } from '@quarry/platform/database';
import type { Logger } from 'pino';
import { removeLeftFolders } from '../attempt/attempt-folders.js';
import { leastUsedFiles } from './least-used-files.js';
import { orphanedArtifacts, teamsOf } from './orphaned-artifacts.js';
import { seriesInUse } from './series-in-use.js';
import { unusedFiles } from './unused-files.js';

export interface SweepServices {
  readonly database: Database;
  readonly artifacts: ArtifactStore;
  readonly log: Logger;
}

export interface SweepPlaces {
  /** The folder in which the workers of this machine keep their attempts. */
  readonly attempts: string;
  /** The runner's column cache. */
  readonly columns: string;
  /** The most that it may hold, bytes; null for a tenth of its disk. */
  readonly columnsMaxBytes: number | null;
}

const minuteMs = 60_000;
const everyMs = 5 * minuteMs;
/** An artifact that nothing refers to is an orphan after this. */
const orphanMs = 10 * minuteMs;
/** Columns that no run has read for so long are decoded anew when one does. Systems note a read once a day. */
const columnsMs = 14 * 24 * 60 * minuteMs;
/** Columns that a run has just asked for are in use, though it may not be known yet to run. */
const justUsedMs = 15 * minuteMs;
const shareOfDisk = 0.1;

/** What a sweep removed, counted. */
export interface Swept {
  readonly folders: number;
  readonly uploads: number;
  readonly artifacts: number;
  readonly columns: number;
}

/** Removes what killed workers left behind, now and then. Any number of workers may sweep: what is gone already is no error. */
export class Sweeper {
  private readonly timer: NodeJS.Timeout;
  private sweeping: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly services: SweepServices,
    private readonly places: SweepPlaces,
  ) {
    this.timer = setInterval(() => {
      this.sweeping = this.sweeping.then(() => this.sweep());
    }, everyMs);
    this.timer.unref();
  }

  /** One sweep, as of `now`. What cannot be done is logged, and tried by the next. */
  async sweep(now = Date.now()): Promise<Swept> {
    const { database, artifacts, log } = this.services;
    const swept = { folders: 0, uploads: 0, artifacts: 0, columns: 0 };
    try {
      swept.folders = await removeLeftFolders(this.places.attempts);
      swept.columns += await removed(await unusedFiles(this.places.columns, new Date(now - columnsMs)));
      swept.columns += await removed(await this.columnsTooMany(now));
      for (const { id } of await teamsOf(database)) {
        swept.uploads += await database.inTeam(id, (scope) => forgetAbandonedUploads(scope, new Date(now)));
      }
      for (const key of await orphanedArtifacts(artifacts, database, new Date(now - orphanMs))) {
        await artifacts.remove(key);
        swept.artifacts += 1;
      }
    } catch (error) {
      log.warn({ err: error }, 'a sweep was not finished; the next one tries again');
    }
    if (Object.values(swept).some((count) => count > 0)) log.info(swept, 'swept');
    return swept;
  }

  private async columnsTooMany(now: number): Promise<string[]> {
    const { columns, columnsMaxBytes } = this.places;
    const inUse = await seriesInUse(this.services.database);
    const justUsed = new Date(now - justUsedMs);
    // A file is named by its series' hash, then what was made of it.
    return leastUsedFiles(columns, columnsMaxBytes ?? (await shareOf(columns)), ({ name, usedAt }) => {
      return usedAt < justUsed && !inUse.has(name.split('.', 1)[0] ?? '');
    });
  }

  /** Waits for the sweep under way. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.sweeping;
  }
}

async function removed(paths: readonly string[]): Promise<number> {
  for (const path of paths) await rm(path, { force: true });
  return paths.length;
}

async function shareOf(directory: string): Promise<number> {
  const disk = await statfs(directory).catch(() => null);
  return disk ? disk.blocks * disk.bsize * shareOfDisk : Infinity;
}

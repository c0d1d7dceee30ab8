import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk of a few bytes in a folder's place, to try what happens when it is full. */
export class SmallDisk {
  private constructor(private readonly folder: string) {}

  /** Whether this system lets us make one, as Linux does root. */
  static canBeMade(): boolean {
    const folder = mkdtempSync(join(tmpdir(), 'quarry-disk-'));
    try {
      SmallDisk.over(folder, 65_536).remove();
      return true;
    } catch {
      return false;
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  static over(folder: string, bytes: number): SmallDisk {
    mkdirSync(folder, { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes},mode=0755`, 'tmpfs', folder], { stdio: 'ignore' });
    return new SmallDisk(folder);
  }

  grow(bytes: number): void {
    execFileSync('mount', ['-o', `remount,size=${bytes}`, this.folder]);
  }

  /** What the folder held before is there again. */
  remove(): void {
    execFileSync('umount', ['--lazy', this.folder]);
  }
}

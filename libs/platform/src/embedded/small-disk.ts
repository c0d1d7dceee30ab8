import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';

/** A disk of a few bytes in a folder's place, to try what happens when it is full. Root on Linux may make one. */
export class SmallDisk {
  private constructor(private readonly folder: string) {}

  /** Null where this system lets us make none. */
  static over(folder: string, bytes: number): SmallDisk | null {
    mkdirSync(folder, { recursive: true });
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes},mode=0755`, 'tmpfs', folder], { stdio: 'ignore' });
      return new SmallDisk(folder);
    } catch {
      return null;
    }
  }

  grow(bytes: number): void {
    execFileSync('mount', ['-o', `remount,size=${bytes}`, this.folder]);
  }

  /** What the folder held before is there again. */
  remove(): void {
    execFileSync('umount', ['--lazy', this.folder]);
  }
}

import { readFileSync } from 'node:fs';
import process from 'node:process';

/** Bytes of a page of memory, in which /proc counts: what this process holds, by Node in bytes and by /proc in pages. 4,096 where there is no /proc. */
export function pageBytes(): number {
  try {
    const pages = Number(readFileSync('/proc/self/statm', 'latin1').split(' ')[1]);
    return 2 ** Math.round(Math.log2(process.memoryUsage.rss() / pages));
  } catch {
    return 4096;
  }
}

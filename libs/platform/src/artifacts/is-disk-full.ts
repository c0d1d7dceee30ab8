/** Of the system, of PostgreSQL (disk_full), and of servers that speak S3. */
const codes = new Set<unknown>(['ENOSPC', 'EDQUOT', '53100', 'InsufficientStorage', 'XMinioStorageFull']);
/** Where only words came through, as out of a child process. */
const words = /no space left on device|disk quota exceeded/i;

/** Whether something failed because a disk, or what a quota leaves of one, is full: room heals it, nothing else does. */
export function isDiskFull(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { name, code, message } = error as Partial<NodeJS.ErrnoException>;
  return codes.has(name) || codes.has(code) || words.test(message ?? '');
}

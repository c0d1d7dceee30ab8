import type { RetentionDue } from '@quarry/contracts';

/** What goes by a policy, in a sentence; `isDraft` where nobody has saved it. */
export function dueInWords({ runs, events, versions, bytes }: RetentionDue, isDraft: boolean): string {
  const parts = [
    counted(runs, 'run'),
    counted(events, 'event of runs that stay', 'events of runs that stay'),
    counted(versions, 'dataset version'),
  ].filter((part) => part !== null);
  if (parts.length === 0) return isDraft ? 'Nothing would go now.' : 'Nothing is to go now.';
  const size = bytes >= 0.05 * mebibyte ? `, ${(bytes / mebibyte).toFixed(1)} MiB in all` : '';
  const what = `${parts.join(', ')}${size}`;
  return isDraft ? `Saved, this lets go within the hour: ${what}.` : `To go within the hour: ${what}.`;
}

const mebibyte = 1024 * 1024;

function counted(count: number, one: string, many = `${one}s`): string | null {
  if (count === 0) return null;
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}

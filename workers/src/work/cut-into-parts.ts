import type { SliceTask } from '@quarry/platform/database';
import type { Stretch } from '@quarry/runner';

/** Cuts trials into parts of about the same size, at most as many as wanted, each of whole blocks. */
export function cutIntoParts(
  { from: first, to: end }: Stretch,
  block: number,
  wanted: number,
): Extract<SliceTask, { stage: 'part' }>[] {
  const blocks = Math.ceil((end - first) / block);
  const parts = Math.min(blocks, wanted);
  const at = (part: number): number => Math.min(end, first + block * Math.floor((part * blocks) / parts));
  return Array.from({ length: parts }, (_, part) => ({ stage: 'part', from: at(part), to: at(part + 1) }));
}

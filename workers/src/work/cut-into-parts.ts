import type { SliceTask } from '@quarry/platform/database';

/** Trials that are never parted: a part is whole blocks. */
const block = 64;
/** More would cost more to hand out than they spread. */
const mostParts = 64;

/** Cuts so many trials into parts of about the same size, at most as many as wanted. */
export function cutIntoParts(count: number, wanted = mostParts): Extract<SliceTask, { stage: 'part' }>[] {
  const blocks = Math.ceil(count / block);
  const parts = Math.min(blocks, wanted);
  const from = (part: number): number => Math.min(count, block * Math.floor((part * blocks) / parts));
  return Array.from({ length: parts }, (_, part) => ({ stage: 'part', from: from(part), to: from(part + 1) }));
}

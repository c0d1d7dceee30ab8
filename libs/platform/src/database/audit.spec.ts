import { expect, test } from '@jest/globals';
import { auditHash, verifyChain, type AuditRecord, type ChainedRecord } from './audit.js';

const zeros = '0'.repeat(64);

function chain(length: number): ChainedRecord[] {
  const records: ChainedRecord[] = [];
  for (let sequence = 1; sequence <= length; sequence += 1) {
    const record: AuditRecord = {
      teamId: 'team',
      sequence,
      at: new Date(1_764_000_000_000 + sequence).toISOString(),
      actor: { id: 'user', name: 'ada@example.com' },
      action: 'strategy-saved',
      subject: { id: `strategy ${sequence}` },
    };
    const previous = records.at(-1)?.hash ?? zeros;
    records.push({ ...record, previous, hash: auditHash(previous, record) });
  }
  return records;
}

/** In pages of seven, so that chains here span several. */
function verdictOn(records: readonly ChainedRecord[]) {
  const sorted = records.toSorted((a, b) => a.sequence - b.sequence);
  return verifyChain((after) => Promise.resolve(sorted.filter(({ sequence }) => sequence > after).slice(0, 7)));
}

const changedAt = (index: number, change: Partial<ChainedRecord>): ChainedRecord[] =>
  chain(20).map((record, at) => (at === index ? { ...record, ...change } : record));

test('a chain holds from its first event to its last, an empty one too', async () => {
  const records = chain(20);
  expect(await verdictOn(records)).toEqual({ events: 20, head: records[19]?.hash, brokenAt: null });
  expect(await verdictOn([])).toEqual({ events: 0, head: zeros, brokenAt: null });
});

test.each<[string, Partial<ChainedRecord>]>([
  ['who', { actor: { id: 'user', name: 'eve@example.com' } }],
  ['what', { action: 'signed-in' }],
  ['whereto', { subject: {} }],
  ['when', { at: new Date(0).toISOString() }],
  ['the team', { teamId: 'another' }],
  ['the hash', { hash: 'f'.repeat(64) }],
  ['the hash before', { previous: 'f'.repeat(64) }],
])('SAFETY bar 40: an event whose record of %s was changed is found', async (_, change) => {
  expect((await verdictOn(changedAt(11, change))).brokenAt).toBe(12);
});

test('SAFETY bar 40: an event that was changed and hashed anew is found by the one after it', async () => {
  const [eleventh, twelfth] = chain(20).slice(10);
  if (!eleventh || !twelfth) throw new Error('The chain is too short.');
  const forged = { ...twelfth, action: 'signed-in' };
  const records = changedAt(11, { action: 'signed-in', hash: auditHash(eleventh.hash, forged) });
  expect((await verdictOn(records)).brokenAt).toBe(13);
});

test('an event that was taken out is found, the last one only by a hash that was noted before', async () => {
  const records = chain(20);
  const without = (index: number) => verdictOn(records.toSpliced(index, 1));
  expect([(await without(0)).brokenAt, (await without(9)).brokenAt]).toEqual([1, 10]);
  expect(await without(19)).toEqual({ events: 19, head: records[18]?.hash, brokenAt: null });
});

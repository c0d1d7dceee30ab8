import type { WaitingReason } from '../waiting.js';

const words = {
  paused: 'The queue is paused by an admin of the cluster.',
  'no-worker': 'No worker is alive.',
  'workers-draining': 'Every worker is being drained and takes nothing.',
  'wall-too-weak': 'No worker has a wall strong enough for a database of several teams.',
  next: 'The next free lane takes it.',
  'team-limit': 'The team has as many slices running as it may.',
  'own-earlier': 'Earlier slices of the team are before it.',
  'other-teams': 'It is the turn of other teams, which have used less worker time.',
  'lanes-busy': 'All lanes are busy; it is the team’s turn next.',
} satisfies Record<WaitingReason['code'], string>;

/** Why a slice waits, as a sentence. */
export function waitingInWords({ code, before }: WaitingReason): string {
  if (code !== 'own-earlier') return words[code];
  return before === 1
    ? 'One earlier slice of the team is before it.'
    : `${before} earlier slices of the team are before it.`;
}

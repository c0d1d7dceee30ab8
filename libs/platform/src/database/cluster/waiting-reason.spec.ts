import { expect, test } from '@jest/globals';
import { waitingReason, type Waiting } from './waiting-reason.js';

const busy: Waiting = {
  paused: false,
  workers: { live: 2, draining: 0, lanes: 4 },
  team: { inFlight: 4, concurrentSlices: null },
  othersFirst: false,
  dispatched: false,
  before: 0,
};

test.each<[string, Partial<Waiting>]>([
  ['lanes-busy', {}],
  ['paused', { paused: true, workers: { live: 0, draining: 0, lanes: 0 } }],
  ['no-worker', { workers: { live: 0, draining: 0, lanes: 0 }, before: 3 }],
  ['workers-draining', { workers: { live: 2, draining: 2, lanes: 0 } }],
  ['wall-too-weak', { workers: { live: 2, draining: 1, lanes: 0 } }],
  ['next', { dispatched: true, team: { inFlight: 4, concurrentSlices: 4 } }],
  ['team-limit', { team: { inFlight: 4, concurrentSlices: 4 }, before: 7 }],
  ['own-earlier', { before: 7, othersFirst: true }],
  ['other-teams', { othersFirst: true }],
])('a slice waits because of %s before all that comes after it', (code, waiting) => {
  expect(waitingReason({ ...busy, ...waiting })).toEqual({ code, before: waiting.before ?? 0 });
});

import { expect, test } from '@jest/globals';
import { wantedWorkers, type ScalingState, type ScalingView } from './scaling-policy.js';

const idle: ScalingView = {
  ...{ paused: false, waiting: 0, waitingSeconds: 0, oldestSeconds: 0, running: 0, lanesPerWorker: 2 },
};
const flooded: ScalingView = { ...idle, waiting: 500, waitingSeconds: 500, oldestSeconds: 30, running: 2 };
const bounds = { min: 1, max: 6 };

/** What is wanted at each second, the view given by the second. */
function over(seconds: number, viewAt: (second: number) => ScalingView, wanted = 1): number[] {
  let state: ScalingState = { wanted, changedAt: -1_000, quietSince: null };
  return Array.from({ length: seconds }, (_, second) => {
    state = wantedWorkers(viewAt(second), state, bounds, second);
    return state.wanted;
  });
}
const steps = (wanted: readonly number[]): number[] => wanted.filter((value, at) => value !== wanted[at - 1]);

test('nothing to do keeps the least number of workers', () => {
  expect(steps(over(300, () => idle))).toEqual([1]);
});

test('a flood doubles the workers until the most is reached, and rests between steps', () => {
  const wanted = over(60, () => flooded);
  expect([steps(wanted), wanted.slice(0, 12)]).toEqual([
    [2, 4, 6],
    [2, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6],
  ]);
});

test('what the lanes work off in ten seconds needs no further worker', () => {
  expect(steps(over(60, () => ({ ...flooded, waiting: 5, waitingSeconds: 5, oldestSeconds: 3, running: 1 })))).toEqual([
    1,
  ]);
});

test('one slice that has waited for longer than five seconds behind busy lanes asks for another worker', () => {
  const view = { ...idle, waiting: 1, waitingSeconds: 1, oldestSeconds: 6, running: 2 };
  expect(steps(over(60, () => view))).toEqual([2]);
});

test('more lanes than there are slices are never wanted', () => {
  const view = { ...idle, waiting: 3, waitingSeconds: 9_000, oldestSeconds: 60, running: 1 };
  expect(steps(over(60, () => view)).at(-1)).toBe(2);
});

test('after a quiet minute workers go one by one', () => {
  const wanted = over(140, () => idle, 4);
  expect([steps(wanted), wanted.indexOf(3), wanted.indexOf(2), wanted.indexOf(1)]).toEqual([[4, 3, 2, 1], 60, 75, 90]);
});

test('work that comes and goes within the minute takes no worker away', () => {
  const wanted = over(600, (second) => (second % 50 < 25 ? { ...idle, running: 8 } : idle), 4);
  expect(steps(wanted)).toEqual([4]);
});

test('a paused queue asks for no more workers', () => {
  expect(steps(over(60, () => ({ ...flooded, paused: true })))).toEqual([1]);
});

test('bounds that change are kept at once', () => {
  const state = { wanted: 5, changedAt: 0, quietSince: null };
  expect(wantedWorkers(idle, state, { min: 1, max: 2 }, 1).wanted).toBe(2);
});

test('where none need be kept, the first slice wakes one', () => {
  const state = { wanted: 0, changedAt: -100, quietSince: null };
  const view = { ...idle, waiting: 1, waitingSeconds: 0.1 };
  expect(wantedWorkers(view, state, { min: 0, max: 4 }, 1).wanted).toBe(1);
});

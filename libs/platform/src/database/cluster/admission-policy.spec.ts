import { describe, expect, test } from '@jest/globals';
import { admit, type Admitted, type TeamLoad } from './admission-policy.js';
import { newShare, type Share } from './fair-share.js';

function team(teamId: string, load: Partial<Omit<TeamLoad, 'share'>> = {}, share: Partial<Share> = {}): TeamLoad {
  const waiting = load.waiting ?? slices(teamId, 100);
  const known = { ...newShare, competed: true, ...share };
  return { teamId, share: known, running: [], dispatched: 0, ended: [], ...load, waiting };
}

function slices(teamId: string, count: number): TeamLoad['waiting'] {
  return Array.from({ length: count }, (_, index) => ({ sliceId: `${teamId}${index}`, runId: teamId, number: 1 }));
}

const teamsOf = (admitted: readonly Admitted[]): string => admitted.map(({ teamId }) => teamId).join('');

test('a few slices per lane go to the queue, and no more while they wait there', () => {
  const first = admit({ lanes: 2, clock: 0, teams: [team('a')] }).admitted;
  const then = admit({ lanes: 2, clock: 0, teams: [team('a', { running: [0, 0], dispatched: 2 })] }).admitted;
  expect([first.length, then.length]).toEqual([4, 0]);
});

test('of slices that take a hundredth of a second, a quarter of a second’s worth waits for each lane', () => {
  const { admitted } = admit({ lanes: 2, clock: 0, teams: [team('a', {}, { meanSeconds: 0.01 })] });
  expect(admitted.length).toBe(50);
});

test('a single slice is let in though no worker has told of itself yet, and a second waits', () => {
  expect(admit({ lanes: 0, clock: 0, teams: [team('a')] }).admitted.length).toBe(1);
});

test('what is let in keeps the order in which it waits', () => {
  const { admitted } = admit({ lanes: 2, clock: 0, teams: [team('a')] });
  expect(admitted.map(({ sliceId }) => sliceId)).toEqual(['a0', 'a1', 'a2', 'a3']);
});

test('the team that has used less is next, until both are even', () => {
  const teams = [team('a', {}, { used: 2 }), team('b')];
  expect(teamsOf(admit({ lanes: 3, clock: 0, teams }).admitted)).toBe('bbabab');
});

test('a team of twice the weight is let in twice as often', () => {
  const teams = [team('a', {}, { weight: 2 }), team('b')];
  expect(teamsOf(admit({ lanes: 6, clock: 0, teams }).admitted)).toBe('ababaabaabaa');
});

test('a team at its limit of slices at once waits, and the lanes go to others', () => {
  const teams = [team('a', { running: [1] }, { concurrentSlices: 1 }), team('b', {}, { used: 100 })];
  expect(teamsOf(admit({ lanes: 2, clock: 0, teams }).admitted)).toBe('bbb');
});

test('a newcomer goes before what another team has in a full queue, once', () => {
  const flood = team('a', { running: [5, 5], dispatched: 2 }, { used: 100 });
  const arrived = admit({ lanes: 2, clock: 100, teams: [flood, team('b', {}, { competed: false })] });
  const again = admit({ lanes: 2, clock: 100, teams: [flood, team('b', { dispatched: 1 }, { used: 100 })] });
  expect([arrived.admitted.map(({ teamId, ahead }) => [teamId, ahead]), again.admitted]).toEqual([[['b', true]], []]);
});

test('a team that comes back begins at the clock: no credit for the time it was away', () => {
  const teams = [team('a', {}, { used: 500 }), team('b', {}, { used: 3, competed: false })];
  const { shares, clock } = admit({ lanes: 1, clock: 500, teams });
  expect([shares.get('b')?.used, clock]).toEqual([500, 500]);
});

test('a team that was ahead of the clock keeps what it owes', () => {
  const teams = [team('a', {}, { used: 500 }), team('b', {}, { used: 600, competed: false })];
  expect(admit({ lanes: 1, clock: 500, teams }).shares.get('b')?.used).toBe(600);
});

test('a team at its limit does not hold the clock back, nor save up for later', () => {
  const held = team('b', { running: [1] }, { concurrentSlices: 1, used: 3 });
  const { shares, clock } = admit({ lanes: 4, clock: 10, teams: [team('a', {}, { used: 500 }), held] });
  expect([clock, shares.get('b')?.competed]).toEqual([500, false]);
});

test('what ended is charged by the weight, and teaches how long a slice takes', () => {
  const { shares } = admit({ lanes: 1, clock: 0, teams: [team('a', { ended: [3, 5] }, { weight: 2 })] });
  expect(shares.get('a')).toMatchObject({ used: 4, meanSeconds: expect.closeTo(1 + 0.36 * 3, 12) });
});

describe('a cluster simulated', () => {
  /** Teams that always have slices waiting, on lanes that take the queue's first. Answers worker-seconds by team. */
  function simulate(
    { lanes, ends }: { lanes: number; ends: number },
    teams: Record<string, { seconds: number; weight?: number; from?: number; slices?: number }>,
  ): { seconds: Record<string, number>; started: Record<string, number>; slices: number } {
    const states = Object.entries(teams).map(([teamId, { weight = 1, from = 0, slices = Infinity, ...rest }]) => ({
      ...{ teamId, from, left: slices, ended: [] as number[], ...rest },
      share: { ...newShare, weight },
    }));
    let clock = 0;
    let now = 0;
    let queue: Admitted[] = [];
    let running: { teamId: string; since: number; until: number }[] = [];
    const seconds: Record<string, number> = {};
    const started: Record<string, number> = {};
    let count = 0;
    while (now < ends) {
      const round = admit({
        lanes,
        clock,
        teams: states.map((state) => ({
          ...{ teamId: state.teamId, share: state.share, ended: state.ended.splice(0) },
          waiting: now < state.from ? [] : slices(state.teamId, Math.min(state.left, 40)),
          running: running.filter(({ teamId }) => teamId === state.teamId).map(({ since }) => now - since),
          dispatched: queue.filter(({ teamId }) => teamId === state.teamId).length,
        })),
      });
      clock = round.clock;
      for (const state of states) state.share = round.shares.get(state.teamId) ?? state.share;
      for (const slice of round.admitted) queue = slice.ahead ? [slice, ...queue] : [...queue, slice];
      for (const slice of round.admitted)
        for (const state of states) if (state.teamId === slice.teamId) state.left -= 1;
      while (running.length < lanes && queue.length > 0) {
        const teamId = queue.shift()?.teamId ?? '';
        started[teamId] ??= now;
        running.push({ teamId, since: now, until: now + (teams[teamId]?.seconds ?? 0) });
        count += 1;
      }
      const arrivals = states.map(({ from }) => from).filter((from) => from > now);
      now = Math.min(ends, ...running.map(({ until }) => until), ...arrivals);
      for (const { teamId, since } of running.filter(({ until }) => until <= now)) {
        seconds[teamId] = (seconds[teamId] ?? 0) + now - since;
        states.find((state) => state.teamId === teamId)?.ended.push(now - since);
      }
      running = running.filter(({ until }) => until > now);
    }
    return { seconds, started, slices: count };
  }

  test.each([1, 2, 7])(
    'on %i lanes, 34-second and 1-second slices of two teams get half of the worker-seconds each, within 5 %',
    (lanes) => {
      const { seconds, slices: count } = simulate(
        { lanes, ends: 6_000 },
        { long: { seconds: 34 }, short: { seconds: 1 } },
      );
      const { long = 0, short = 0 } = seconds;
      expect([Math.abs(long / (long + short) - 0.5) < 0.05, count > 2_500]).toEqual([true, true]);
    },
  );

  test('weights of three to one divide the worker-seconds three to one', () => {
    const teams = { heavy: { seconds: 7, weight: 3 }, light: { seconds: 2 } };
    const { heavy = 0, light = 0 } = simulate({ lanes: 4, ends: 6_000 }, teams).seconds;
    expect(heavy / (heavy + light)).toBeCloseTo(0.75, 1);
  });

  test('a team that joins after an hour gets its half from then on, and nothing for the hour', () => {
    const teams = { old: { seconds: 5 }, young: { seconds: 5, from: 3_600 } };
    const { old = 0, young = 0 } = simulate({ lanes: 4, ends: 7_200 }, teams).seconds;
    expect([young / 7_200, old / 21_600]).toEqual([expect.closeTo(1, 1), expect.closeTo(1, 1)]);
  });

  test('SAFETY bar 29: among 10,000 slices of one team, another’s single one starts when the next lane is free', () => {
    const teams = { flood: { seconds: 3, slices: 10_000 }, single: { seconds: 3, from: 1_000, slices: 1 } };
    expect(simulate({ lanes: 1, ends: 1_100 }, teams).started['single']).toBeLessThanOrEqual(1_003);
  });
});

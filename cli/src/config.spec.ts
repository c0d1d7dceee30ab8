import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readConfig } from './config.js';

let folder: string;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'quarry-config-')));
  await mkdir(join(folder, 'project', '.quarry'), { recursive: true });
  await mkdir(join(folder, 'project', 'deep', 'below'), { recursive: true });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test('QUARRY_HOME names the home, relative to where one stands', () => {
  expect(readConfig({ QUARRY_HOME: 'there' }, folder).home).toBe(join(folder, 'there'));
});

test('without it the nearest .quarry above is the home', () => {
  expect(readConfig({}, join(folder, 'project', 'deep', 'below')).home).toBe(join(folder, 'project', '.quarry'));
});

test('NO_COLOR and a dumb terminal turn colours off', () => {
  expect([{}, { NO_COLOR: '1' }, { TERM: 'dumb' }].map((env) => readConfig(env, folder).colour)).toEqual([
    true,
    false,
    false,
  ]);
});

test('a wall that is unknown is refused with the ones that are known', () => {
  expect(() => readConfig({ RUNNER_WALL_MIN: 'brick' }, folder)).toThrow(
    'RUNNER_WALL_MIN is "brick". Set it to full, permission or none.',
  );
});

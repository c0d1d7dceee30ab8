import { afterAll, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { makeFolder } from './make-folder.js';

const own = mkdtempSync(join(tmpdir(), 'quarry-make-folder-'));
afterAll(() => {
  rmSync(own, { recursive: true, force: true });
});

test('a folder is made with those above it, and one that stands is taken', () => {
  const folder = join(own, 'a', 'b');
  makeFolder(folder);
  makeFolder(folder);
  expect(statSync(folder).isDirectory()).toBe(true);
});

test('a file in its place or on the way is told in a sentence', () => {
  const file = join(own, 'file');
  writeFileSync(file, '');
  expect(() => {
    makeFolder(file);
  }).toThrow(`The folder ${file} cannot be used (EEXIST: a file lies there). Name another with --home.`);
  expect(() => {
    makeFolder(join(file, 'home'));
  }).toThrow('(ENOTDIR: a file lies on the way)');
});

const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux('a folder below /proc is refused, where the recursive mkdir of Node never ends', () => {
  expect(() => {
    makeFolder('/proc/quarry/home');
  }).toThrow('The folder /proc/quarry/home cannot be used (ENOENT: it cannot be made).');
});

import { mkdir, mkdtemp, readFile, readdir, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { checkReportFolder, writeReportFolder } from './report-folder.js';

let folder: string;

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'quarry-out-')));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** A run that writes `text` into two files of a report, after `meanwhile`. */
function run(text: string, meanwhile: () => Promise<unknown> = () => Promise.resolve()) {
  return {
    async writeArtifacts(directory: string) {
      await meanwhile();
      for (const name of ['report.json', 'trades.csv']) await writeFile(join(directory, name), text);
      return [];
    },
  };
}

describe('the folder of a report', () => {
  test.each<[string, () => string, string]>([
    ['no name', () => '', 'names no folder'],
    ['blanks', () => '  ', 'names no folder'],
    ['the current folder', () => '.', 'is the current folder'],
    ['the current folder in full', () => process.cwd(), 'is the current folder'],
    ['the folder above', () => dirname(process.cwd()), 'is above the current folder'],
    ['the root', () => '/', 'is above the current folder'],
    ['the home', () => homedir(), 'Name a new or empty folder'],
  ])('is never %s', async (_, name, words) => {
    await expect(checkReportFolder(name())).rejects.toThrow(words);
    await expect(writeReportFolder(run('x'), name())).rejects.toThrow(words);
  });

  test('is never the current folder behind a link, nor a link that leads nowhere', async () => {
    await symlink(process.cwd(), join(folder, 'here'));
    await symlink(join(folder, 'gone'), join(folder, 'nowhere'));
    await expect(checkReportFolder(join(folder, 'here'))).rejects.toThrow('is the current folder');
    await expect(checkReportFolder(join(folder, 'nowhere'))).rejects.toThrow('leads nowhere');
  });

  test('with other files in it is refused, and so is one with a folder where a file should go', async () => {
    await mkdir(join(folder, 'a'));
    await writeFile(join(folder, 'a', 'thesis.doc'), '');
    await mkdir(join(folder, 'b', 'report.json'), { recursive: true });
    await expect(checkReportFolder(join(folder, 'a'))).rejects.toThrow('holds "thesis.doc"');
    await expect(checkReportFolder(join(folder, 'b'))).rejects.toThrow('holds a folder "report.json"');
  });

  test('is made with those above it, and nothing is left beside it', async () => {
    await writeReportFolder(run('one'), join(folder, 'x', 'y'));
    expect([await readdir(join(folder, 'x')), (await readdir(join(folder, 'x', 'y'))).sort()]).toEqual([
      ['y'],
      ['report.json', 'trades.csv'],
    ]);
  });

  test('keeps what others put there while the run went on', async () => {
    const out = join(folder, 'out');
    const notes = () => writeFile(join(out, 'notes.txt'), 'mine');
    await writeReportFolder(
      run('one', () => mkdir(out).then(notes)),
      out,
    );
    await writeReportFolder(run('two', notes), out);
    const names = await readdir(out);
    expect(await Promise.all(names.sort().map((name) => readFile(join(out, name), 'utf8')))).toEqual([
      'mine',
      'two',
      'two',
    ]);
    expect(await readdir(folder)).toEqual(['out']);
  });

  test('may be a link, which stays one', async () => {
    await mkdir(join(folder, 'real'));
    await symlink('real', join(folder, 'link'));
    await writeReportFolder(run('one'), join(folder, 'link'));
    expect([(await readdir(join(folder, 'real'))).length, await realpath(join(folder, 'link'))]).toEqual([
      2,
      join(folder, 'real'),
    ]);
  });
});

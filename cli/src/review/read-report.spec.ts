import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readReport } from './read-report.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quarry-reports-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('a folder that is not there, one without a report, and a file that is none are told apart', async () => {
  const file = join(folder, 'words.json');
  await writeFile(file, '{"schema":"of somebody else"}');
  await expect(readReport(join(folder, 'nowhere'))).rejects.toThrow('There is no report');
  await expect(readReport(folder)).rejects.toThrow('holds no report.json');
  await expect(readReport(file)).rejects.toThrow('is no report of Quarry');
});

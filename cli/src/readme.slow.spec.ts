import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Shell } from './testing/run-quarry.js';

const root = new URL('../../', import.meta.url);
const readme = readFileSync(new URL('README.md', root), 'utf8');

interface Block {
  readonly language: string;
  readonly text: string;
}

/** The fenced blocks of the page, in order. */
const blocks: readonly Block[] = [...readme.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(
  ([, language = '', text = '']) => ({
    language,
    text,
  }),
);

function blockOf(language: string): Block {
  const found = blocks.filter((block) => block.language === language);
  expect(found).toHaveLength(1);
  return found[0]!;
}

let folder: string;
let shell: Shell;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quarry-readme-'));
  shell = new Shell(folder, join(folder, 'home'));
  await writeFile(join(folder, 'golden-cross.ts'), blockOf('ts').text);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the README', () => {
  test('counts the planted leaks and the clean strategies that the corpus holds', () => {
    const held = ['leaks', 'clean'].map((kind) => {
      const text = readFileSync(new URL(`libs/runner/proofs/${kind}.txt`, root), 'utf8');
      return text.match(/^\/\/ %%/gm)?.length;
    });
    const told = /all of (\d+) planted leaks and accuses none of (\d+) clean/.exec(readme)?.slice(1).map(Number);
    expect(told).toEqual(held);
  });

  test('shows the report that its command prints for its strategy', async () => {
    const block = blockOf('console');
    const [command = '', ...shown] = block.text.split('\n');
    const args = command.replace('$ npx quarry ', '').split(' ');
    const { code, stdout } = await shell.quarry(...args);
    expect(code).toBe(0);
    if (process.env['UPDATE_README']) {
      const text = excerpt(stdout);
      writeFileSync(
        new URL('README.md', root),
        readme.replace(block.text, () => `${command}\n${text}`),
      );
      return;
    }
    expect(shown.join('\n')).toBe(excerpt(stdout));
    expect(await readFile(join(folder, 'report', 'report.html'), 'utf8')).toContain('Golden cross');
  }, 60_000);

  test('its sweep prints as many trials as it says, and what luck explains', async () => {
    const command = /`npx quarry (sweep [^`]+)` prints the best of (\d+) trials/.exec(readme.replaceAll('\n', ' '));
    const { code, stdout } = await shell.quarry(...command![1]!.split(' '));
    expect([code, /^ {2}Trials +(\d+)$/m.exec(stdout)?.[1]]).toEqual([0, command![2]]);
    expect(stdout).toContain('DSR: true ratio above what luck was expected to show');
  }, 60_000);

  test('its strategy has about twenty lines', () => {
    expect(blockOf('ts').text.trimEnd().split('\n').length).toBeLessThanOrEqual(20);
  });

  test('its two commands are scripts of the workspace', async () => {
    const { scripts } = JSON.parse(await readFile(new URL('package.json', root), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const commands = blocks.filter(({ language }) => language === '').map(({ text }) => text.trim());
    expect([commands, typeof scripts['start'], typeof scripts['test']]).toEqual([
      ['npm ci && npm start', 'npm ci && npm test'],
      'string',
      'string',
    ]);
  });

  test('each command that it names exists', async () => {
    const named = [...readme.matchAll(/`(?:npx )?quarry ([a-z]+(?: [a-z]+)?)/g)].map(([, words = '']) =>
      words.split(' '),
    );
    const helps = await Promise.all(named.map((words) => shell.quarry(...words, '--help')));
    expect(helps.map(({ code, stdout }) => [code, stdout.startsWith('Usage: quarry')])).toEqual(
      named.map(() => [0, true]),
    );
  }, 60_000);

  test('its exit codes are those that the command documents', async () => {
    const { stdout } = await shell.quarry('--help');
    const documented = [...stdout.matchAll(/^ {2}(\d+) {2,}/gm)].map(([, code]) => code);
    const row = /^\| exit code \|(.*)\|$/m.exec(readme)?.[1] ?? '';
    expect(row.split('|').map((cell) => cell.trim())).toEqual(documented);
  });
});

/** The parts of a report that fit on the page: its head, a few groups and the order list's hash; `…` for what is left out. */
function excerpt(report: string): string {
  const sections = report.trimEnd().split('\n\n');
  const wanted = [
    ...sections.slice(0, 3),
    '…',
    ...sections.filter((text) => /^(Reward for risk|Worst drawdowns|Before you)/.test(text)),
  ];
  return `${[...wanted, '…', sections.at(-1)?.split('\n')[0]].join('\n\n')}\n`;
}

import { spawnSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { Command } from 'commander';
import { completionScript } from './completion-script.js';

const program = new Command('tool');
program
  .command('run')
  .description("what it's for")
  .option('--data <name>', 'which data')
  .option('-j, --json', 'as JSON');
program.command('data').description('data sets').command('list').option('--long', 'all of it');

const bash = completionScript(program, 'bash');
const hasBash = spawnSync('bash', ['--version']).status === 0;

/** What bash offers for a line that ends where the cursor is. */
function offered(line: string): string[] {
  const words = line.split(' ');
  const set = `COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}`;
  const { stdout } = spawnSync('bash', ['-c', `${bash}\n${set}; _tool; printf '%s\\n' "\${COMPREPLY[@]}"`], {
    encoding: 'utf8',
    cwd: '/',
  });
  return stdout.split('\n').filter(Boolean);
}

(hasBash ? describe : describe.skip)('bash is offered', () => {
  test.each([
    ['tool ', ['run', 'data', '--help']],
    ['tool r', ['run']],
    ['tool run --d', ['--data']],
    ['tool data ', ['list', '--help']],
    ['tool data list --', ['--long', '--help']],
    ['tool run --json --', ['--data', '--json', '--help']],
  ])('after %p: %p', (line, words) => {
    expect(offered(line)).toEqual(words);
  });
});

test('zsh reads the script of bash, under its own first line', () => {
  expect(completionScript(program, 'zsh')).toMatch(/^#compdef tool\nautoload [^\n]+ bashcompinit\n_tool\(\) \{/);
});

test('fish is told each option where its command was named, whatever its words hold', () => {
  const lines = completionScript(program, 'fish').split('\n');
  expect(lines).toContain(`complete -c tool -n '__fish_use_subcommand' -a run -d 'what it'\\''s for'`);
  expect(lines).toContain(
    `complete -c tool -n '__fish_seen_subcommand_from data; and __fish_seen_subcommand_from list' -l long -d 'all of it'`,
  );
});

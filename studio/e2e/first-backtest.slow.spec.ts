import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from '@jest/globals';
import { Report } from '@quarry/contracts';
import { describeInBrowser } from './describe-in-browser';
import { root } from './running-quarry';
import { Studio } from './studio';

describeInBrowser('the first backtest, from npm start to the report', (stage) => {
  let studio: Studio;

  beforeAll(async () => {
    studio = await Studio.open(stage.browser, stage.quarry);
  }, 300_000);

  test('the printed credentials sign in', async () => {
    await studio.screenshot('1-sign-in');
    await studio.signIn(stage.quarry);
    await studio.screenshot('2-workbench');
  }, 60_000);

  test('SMA crossover on sp500, run from the editor, shows its report', async () => {
    await studio.openStrategy('SMA crossover');
    await studio.choose('Dataset', 'sp500');
    await studio.fill('From', '2005-01-01');
    await studio.fill('To', '2019-12-31');
    await studio.choose('Commission', 'Of traded value');
    await studio.fill('Slippage, bp', '1');
    await studio.run();
    await studio.equity.waitFor();
    await studio.page.getByText('Total return').waitFor();
    await studio.screenshot('3-report');
    await studio.tab('Price');
    await studio.page.getByRole('img', { name: 'Candles with entries and exits' }).waitFor();
    await studio.screenshot('4-price');
    await studio.tab('Trades');
    await studio.page.getByRole('table', { name: 'Trades' }).waitFor();
    await studio.screenshot('5-trades');
  }, 60_000);

  test('a type error is marked, explained under the cursor, and refused by the run', async () => {
    await studio.typeBehind('params.slow', " + 'x'");
    const squiggle = studio.page.locator('.squiggly-error').first();
    await squiggle.waitFor();
    await squiggle.hover({ force: true });
    await studio.page.locator('.monaco-hover').getByText('is not assignable to').first().waitFor();
    await studio.screenshot('6-type-error');
    await studio.run();
    await studio.failure.waitFor();
    await studio.screenshot('7-refused');
    const words = await studio.failure.innerText();
    expect(words).toMatch(/does not compile[\s\S]*\.ts:\d+:\d+[\s\S]*not assignable[\s\S]*TS2345/);
  }, 60_000);

  test('mended, it runs again; page and command line agree on every order and metric', async () => {
    await studio.code.focus();
    await studio.typeBehind(" + 'x'", '');
    await studio.erase(" + 'x'".length);
    await studio.run();
    const first = await read();
    await studio.page.getByRole('button', { name: 'Run again' }).click();
    const second = await read();
    await studio.screenshot('8-metrics');

    const terminal = await backtestOnTerminal();
    expect(terminal.metrics).not.toEqual({});
    expect([first, second]).toEqual([terminal, terminal]);
  }, 120_000);

  test('bar 38: nothing of this broke the content security policy', () => {
    expect([studio.violations, studio.errors]).toEqual([[], []]);
  });

  /** What the page shows of the run that just ended, to the last digit. */
  async function read(): Promise<Outcome> {
    await studio.equity.waitFor();
    await studio.tab('Metrics');
    const hash = await studio.page.getByTestId('order-list-hash').innerText();
    const metrics = await studio.page
      .locator('tr[data-metric]')
      .evaluateAll((rows) =>
        Object.fromEntries(
          rows.map((row) => [row.getAttribute('data-metric'), row.querySelector('td')?.getAttribute('data-value')]),
        ),
      );
    return { hash, metrics };
  }

  async function backtestOnTerminal(): Promise<Outcome> {
    const home = await mkdtemp(join(tmpdir(), 'quarry-e2e-cli-'));
    const words = ['backtest', 'strategies/sma-cross', '--data', 'sp500', '--from', '2005-01-01', '--to', '2019-12-31'];
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['cli/bin/quarry.js', ...words, '--commission', '2bp', '--slippage', '1bp', '--json'],
      { cwd: root, env: { ...process.env, QUARRY_HOME: home }, maxBuffer: 1e9 },
    );
    await rm(home, { recursive: true });
    const { orderListHash, metrics } = Report.parse(JSON.parse(stdout));
    return { hash: orderListHash, metrics: Object.fromEntries(metrics.map(({ id, value }) => [id, String(value)])) };
  }
});

interface Outcome {
  readonly hash: string | null;
  readonly metrics: Readonly<Record<string, string | null | undefined>>;
}

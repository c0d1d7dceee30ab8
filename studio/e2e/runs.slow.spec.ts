import { beforeAll, expect, test } from '@jest/globals';
import { describeInBrowser } from './describe-in-browser';
import { Studio } from './studio';

describeInBrowser('searches and simulations, from the run panel to their pages', (stage) => {
  let studio: Studio;

  beforeAll(async () => {
    studio = await Studio.open(stage.browser, stage.quarry);
    studio.page.setDefaultTimeout(120_000);
    await studio.signIn(stage.quarry);
    await studio.openStrategy('SMA crossover');
    await studio.choose('Dataset', 'sp500');
    await studio.fill('From', '2016-01-01');
  }, 300_000);

  test('a sweep ends in a heatmap, the best trials, and what luck explains of them', async () => {
    await studio.choose('What to run', 'Sweep of parameters');
    await studio.fill('Trials at most', '130');
    await studio.page.getByRole('button', { name: 'Run sweep' }).click();
    await studio.status.getByText('succeeded').waitFor();
    await studio.page.getByRole('img', { name: 'Objective by parameters', exact: true }).waitFor();
    await studio.screenshot('runs-1-sweep');
    const rows = await studio.page.getByRole('table', { name: 'Best trials' }).getByRole('row').count();
    expect([rows, await studio.page.getByText('DSR: true ratio').count()]).toEqual([51, 1]);
  }, 150_000);

  test('a Monte Carlo ends in the fan of its paths', async () => {
    await studio.page.goBack();
    await studio.checked();
    await studio.choose('What to run', 'Monte Carlo');
    await studio.page.getByRole('button', { name: 'Run Monte Carlo' }).click();
    await studio.page.getByRole('img', { name: 'Quantiles of the account over time' }).waitFor();
    await studio.screenshot('runs-2-monte-carlo');
  }, 150_000);

  test('a cross-validation goes before the other runs of the team, and has a deadline', async () => {
    const { page } = studio;
    await page.goBack();
    await studio.checked();
    await studio.choose('What to run', 'Cross-validation');
    await studio.choose('Method', 'grid');
    await studio.fill('Tested at a time', '12');
    await page.getByText('and fewer than the groups').waitFor();
    await studio.choose('Method', 'random');
    await studio.fill('Trials at most', '20');
    await studio.fill('Tested at a time', '1');
    await studio.choose('Priority in the team', 'High');
    await studio.fill('Deadline in minutes', '30');
    await studio.screenshot('runs-3-cross-validation');
    const [request] = await Promise.all([
      page.waitForRequest((one) => one.method() === 'POST' && one.url().endsWith('/api/runs')),
      page.getByRole('button', { name: 'Run cross-validation' }).click(),
    ]);
    await studio.status.getByText('succeeded').waitFor();
    const { kind, priority, deadline, plan } = request.postDataJSON() as Record<string, unknown>;
    expect([kind, priority, plan]).toEqual([
      'cross-validate',
      'high',
      { groups: 10, testGroups: 1, purge: 0, embargo: 0 },
    ]);
    expect(Date.parse(String(deadline)) - Date.now()).toBeLessThan(30 * 60_000);
  }, 150_000);

  test('two backtests of the list are compared side by side', async () => {
    const { page } = studio;
    await page.goBack();
    await studio.checked();
    await studio.choose('What to run', 'Backtest');
    for (const fast of ['10', '20']) {
      await studio.fill('fast', fast);
      const read = page.waitForResponse((answer) => answer.url().endsWith('/report'));
      await studio.run();
      await read;
    }
    await page.getByRole('link', { name: 'Runs', exact: true }).click();
    const boxes = page.getByRole('checkbox', { name: 'Compare' });
    await boxes.first().check();
    await boxes.nth(1).check();
    const comparison = page.getByRole('table', { name: 'Comparison' });
    await comparison.getByText('Sharpe ratio', { exact: true }).waitFor();
    await studio.screenshot('runs-4-comparison');
    const titles = await comparison.getByRole('columnheader').allTextContents();
    const correlation = comparison.getByRole('row', { name: 'Correlation with' }).getByRole('cell');
    expect([titles.slice(1), await correlation.nth(1).textContent()]).toEqual([
      ['SMA crossover fast=20 slow=30 on sp500', 'SMA crossover fast=10 slow=30 on sp500'],
      '1.00',
    ]);
  }, 150_000);

  test('the list of runs shows them with their outcome, and filters by kind', async () => {
    const rows = studio.page.getByRole('table', { name: 'Runs' }).getByRole('row');
    await rows.filter({ hasText: 'Monte Carlo' }).first().waitFor();
    await studio.screenshot('runs-5-list');
    await studio.choose('Kind', 'Sweep');
    await rows.filter({ hasText: 'Monte Carlo' }).waitFor({ state: 'detached' });
    expect(await rows.filter({ hasText: /Sweep.*succeeded.*DSR/s }).count()).toBe(1);
  }, 60_000);

  test('a run of the list is repeated by a schedule, which is paused, goes on and is removed', async () => {
    const { page } = studio;
    await page.getByRole('button', { name: 'Repeat' }).first().click();
    await page.getByLabel('Times', { exact: true }).fill('61 * * * *');
    await page.getByRole('button', { name: 'Add schedule' }).click();
    await page.getByText('is no time that cron knows').waitFor();
    await page.getByLabel('Times', { exact: true }).fill('30 6 * * MON-FRI');
    await page.getByLabel('Time zone').fill('Europe/Berlin');
    await page.getByRole('button', { name: 'Add schedule' }).click();
    const schedules = page.getByRole('table', { name: 'Schedules' });
    await schedules.getByText('Europe/Berlin').waitFor();
    await studio.screenshot('runs-6-schedules');
    await schedules.getByRole('button', { name: 'Pause' }).click();
    await schedules.getByText('paused').waitFor();
    await schedules.getByRole('button', { name: 'Go on' }).click();
    await schedules.getByRole('button', { name: 'Pause' }).waitFor();
    await schedules.getByRole('button', { name: 'Remove' }).click();
    await schedules.waitFor({ state: 'detached' });
    expect([studio.violations, studio.errors]).toEqual([[], []]);
  }, 60_000);
});

import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Upload } from '@quarry/contracts';
import { describeInBrowser } from './describe-in-browser';
import { plantedScripts } from './planted-scripts';
import { buyFirst, endless, loud, throwing } from './strategies';
import { Studio } from './studio';

describeInBrowser('the studio in Chromium', (stage) => {
  let studio: Studio;

  beforeEach(async () => {
    studio = await Studio.open(stage.browser, stage.quarry);
    await studio.signIn(stage.quarry);
  }, 60_000);

  afterEach(async () => {
    const { violations, executions, errors } = studio;
    await studio.page.context().close();
    expect({ violations, executions, errors }).toEqual({ violations: [], executions: [], errors: [] });
  });

  test('unsaved edits survive a reload, and are gone once saved', async () => {
    await studio.openStrategy('Buy and hold');
    await studio.typeBehind('import', ' /* an idea */');
    await studio.page.getByText('unsaved', { exact: true }).waitFor();
    await studio.page.reload();
    await studio.page.locator('.view-line').getByText('an idea').waitFor();
    await studio.page.getByText('unsaved', { exact: true }).waitFor();

    await studio.code.focus();
    await studio.page.keyboard.press('Control+s');
    await studio.checked();
    const kept = await studio.page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('draft')));
    expect(kept).toEqual([]);
  }, 60_000);

  test('forty symbols in one account: the report names what each brought, and what all of it cost', async () => {
    await studio.openStrategy('Momentum ranking');
    await studio.choose('Dataset', 'stocks');
    await studio.page.getByRole('button', { name: 'all 40' }).click();
    await studio.choose('Commission', 'Of traded value');
    await studio.run();
    await studio.equity.waitFor();
    expect(await studio.page.getByTestId('costs-paid').innerText()).toMatch(/^Paid: commission [\d,.]+\.$/);
    await studio.tab('Symbols');
    await studio.page.getByRole('table', { name: 'Symbols' }).getByRole('cell', { name: 'S40' }).waitFor();
    await studio.screenshot('9-symbols');
  }, 60_000);

  test('what a strategy logs stands behind the line that wrote it, and in the log', async () => {
    await studio.add('Loud', loud);
    await studio.runOn('sp500');
    await studio.equity.waitFor();
    await studio.page.locator('.line-note').getByText('×5,105').waitFor();
    await studio.tab('Log');
    const line = studio.page.getByRole('log').locator('.line').first();
    await studio.screenshot('log');
    expect(await line.innerText()).toMatch(/2000-01-0\d\s+close 1455\.22\s+strategy\.ts:6/);
  }, 60_000);

  test('a running backtest is cancelled, and the next one runs', async () => {
    await studio.add('Endless', endless);
    await studio.runOn('sp500');
    await studio.status.getByText('Running').waitFor();
    await studio.page.getByRole('button', { name: 'Cancel' }).click();
    await studio.status.getByText('Cancelled').waitFor();

    await studio.openStrategy('SMA crossover');
    await studio.runOn('sp500');
    await studio.equity.waitFor();
  }, 60_000);

  test('a run that throws says where, and leads there', async () => {
    await studio.add('Throwing', throwing('no luck today'));
    await studio.runOn('sp500');
    await studio.failure.getByText('no luck today').waitFor();
    await studio.screenshot('threw');
    await studio.failure.getByRole('button', { name: 'strategy.ts:6' }).click();
    await studio.focused();
    await studio.page.keyboard.type('/* here */');
    expect(await studio.page.locator('.view-line', { hasText: '/* here */' }).innerText()).toMatch(/throw/);
  }, 60_000);

  test('an older version is read, and restored into the editor', async () => {
    await studio.openStrategy('RSI mean reversion');
    await studio.runOn('sp500');
    await studio.equity.waitFor();
    await studio.typeBehind('import', ' /* second */');
    await studio.page.keyboard.press('Control+s');
    await studio.page.getByText('v2', { exact: true }).first().waitFor();
    await studio.page.getByRole('button', { name: 'code v1' }).click();
    await studio.page.getByText('You are reading version 1').waitFor();
    await studio.screenshot('older-version');
    await studio.page.getByRole('button', { name: 'Restore' }).click();
    await studio.page.getByText('unsaved', { exact: true }).waitFor();
    expect(await studio.page.locator('.view-line').getByText('second').count()).toBe(0);
  }, 60_000);

  test('an uploaded CSV becomes a dataset with a quality report, and runs', async () => {
    await studio.upload('my prices.csv', prices('Date,Open,High,Low,Close,Volume', 300, ['2021-13-45,1,2,0.5,1,10']));
    await studio.page.getByText('is ready to be used').waitFor();
    await studio.screenshot('quality');
    expect(await studio.page.getByRole('table', { name: 'Refused rows' }).innerText()).toContain('2021-13-45');

    await studio.page.getByRole('button', { name: 'Use in this run' }).click();
    await studio.run();
    await studio.equity.waitFor();
    expect(await studio.status.innerText()).toContain('my prices');
  }, 60_000);

  test('a file that is brought to the datasets page is proposed, corrected, accepted, found and deleted', async () => {
    const { page } = studio;
    await page.goto('/datasets');
    const text = prices('Date,Open,High,Low,Close,Volume', 300, ['2021-13-45,1,2,0.5,1,10']);
    const file = { name: 'house.csv', mimeType: 'text/csv', buffer: Buffer.from(text) };
    await page.getByLabel('New dataset from a file').setInputFiles(file);
    const proposal = page.getByRole('region', { name: 'Proposal' });
    await proposal.getByRole('table', { name: 'First rows of the file' }).getByText('2020-01-02').waitFor();
    await studio.screenshot('proposal');
    const refused = await proposal.getByRole('link', { name: 'Download the refused rows (CSV)' }).getAttribute('href');
    expect(await (await page.request.get(refused ?? '')).text()).toContain('2021-13-45');

    await studio.fill('Time zone', 'America/New_York');
    await page.getByRole('button', { name: 'Read again' }).click();
    await page.getByRole('button', { name: 'Accept' }).click();
    await page.getByRole('cell', { name: 'in use' }).waitFor();
    await page.getByLabel('Bars from').fill('2020-02-01');
    await page.getByRole('searchbox', { name: 'Search' }).fill('HOUS');
    await page.getByRole('listitem').getByText('sp500').waitFor({ state: 'detached' });
    await studio.screenshot('datasets');

    await page.getByRole('button', { name: 'Delete the dataset…' }).click();
    await page.getByText('No run has used it.').waitFor();
    await page.getByRole('button', { name: 'Delete house' }).click();
    await page.getByText('Nothing has that name, symbol or column').waitFor();
    await page.goto('/');
    expect(studio.errors).toEqual([]);
  }, 60_000);

  test('an upload whose tab was closed is listed, goes on when the same file is brought again, or is abandoned', async () => {
    const { page } = studio;
    await page.goto('/datasets');
    const folder = await mkdtemp(join(tmpdir(), 'quarry-resume-'));
    const path = join(folder, 'resumed.csv');
    const text = prices('Date,Open,High,Low,Close,Volume', 300, []);
    await writeFile(path, text);
    const begin = async (fileName: string, modifiedAt: string) => {
      const bytes = Buffer.byteLength(text);
      const headers = { 'x-quarry': '1' };
      const begun = await page.request.post('/api/uploads', { headers, data: { fileName, bytes, modifiedAt } });
      const { id } = Upload.parse(await begun.json());
      await page.request.patch(`/api/uploads/${id}`, {
        headers: { ...headers, 'upload-offset': '0', 'content-type': 'application/octet-stream' },
        data: Buffer.from(text.slice(0, 1000)),
      });
      return id;
    };
    // The browser tells whole milliseconds.
    const id = await begin('resumed.csv', new Date(Math.floor((await stat(path)).mtimeMs)).toISOString());
    await begin('forgotten.csv', '2020-01-01T00:00:00.000Z');
    const pieces: string[] = [];
    page.on('request', (sent) => {
      if (sent.method() === 'PATCH') pieces.push(`${new URL(sent.url()).pathname} ${sent.headers()['upload-offset']}`);
    });
    await page.reload();
    const unfinished = page.getByRole('region', { name: 'Unfinished uploads' });
    await unfinished.getByText('resumed.csv').waitFor();
    await page.getByRole('button', { name: 'Abandon forgotten.csv' }).click();
    await unfinished.getByText('forgotten.csv').waitFor({ state: 'detached' });
    await studio.screenshot('unfinished');
    await page.getByLabel('New dataset from a file').setInputFiles(path);
    await page.getByRole('region', { name: 'Proposal' }).waitFor();
    await rm(folder, { recursive: true });
    expect([pieces, await unfinished.count(), studio.errors]).toEqual([[`/api/uploads/${id} 1000`], 0, []]);
    await page.goto('/');
  }, 60_000);

  test('a file without prices is refused with a sentence', async () => {
    await studio.upload('letter.csv', 'Dear reader,\nthis is no table of prices,\n');
    await studio.failure.getByText('The data were refused').waitFor();
    await studio.screenshot('refused-upload');
    expect((await studio.failure.innerText()).length).toBeGreaterThan(40);
  }, 60_000);

  test(`bar 38: ${plantedScripts.length} planted scripts in names, parameters, tags, log, errors and columns stay text`, async () => {
    const names = plantedScripts.filter((_, i) => i % 8 === 0);
    for (const name of names) await studio.add(name, buyFirst(name, plantedScripts));
    await studio.runOn('sp500');
    await studio.equity.waitFor();
    await studio.visitEveryTab();
    await studio.screenshot('planted');

    await studio.add('Planted log', buyFirst('Planted log', plantedScripts, plantedScripts));
    await studio.runOn('sp500');
    await studio.equity.waitFor();
    await studio.visitEveryTab();

    // An error is cut at 2,000 characters: a few scripts in each.
    for (let first = 0; first < plantedScripts.length; first += 21) {
      const some = plantedScripts.slice(first, first + 21);
      await studio.add(`Planted error ${first}`, throwing(some.join('\n')));
      await studio.runOn('sp500');
      await studio.failure.getByText(`xss(${first + some.length - 1})`).waitFor();
    }
    await studio.screenshot('planted-error');

    const cells = plantedScripts.map((text) => `"${text.replaceAll('"', '""')}"`);
    const header = `Date,Open,High,Low,Close,Volume,${cells.join(',')}`;
    await studio.upload(`${names[1] ?? ''}.csv`.replace(/[/\\]/g, ''), prices(header, 200, cells));
    await studio.page.getByRole('button', { name: 'Use in this run' }).waitFor();
    await studio.screenshot('planted-upload');
    expect(studio.executions).toEqual([]);
  }, 60_000);
});

/** A CSV of plausible daily bars, with rows that cannot be read at its end. */
function prices(header: string, rows: number, bad: readonly string[]): string {
  const extra = ',0'.repeat(header.split(',').length > 6 ? plantedScripts.length : 0);
  const lines = Array.from({ length: rows }, (_, i) => {
    const date = new Date(Date.UTC(2020, 0, 1 + i)).toISOString().slice(0, 10);
    const close = 100 + 10 * Math.sin(i / 7) + i / 20;
    const [open, high, low] = [close - 0.5, close + 1, close - 1];
    return [date, ...[open, high, low, close].map((price) => price.toFixed(2)), 1000 + i].join(',') + extra;
  });
  return [header, ...lines, ...bad].join('\n') + '\n';
}

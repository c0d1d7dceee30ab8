import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { chromium, type Browser, type Page } from 'playwright-core';
import { buildReport } from './build-report.js';
import { reportHtml } from './report-html.js';
import { sampleRun, withRun } from './sample-run.js';

const program = spawnSync('sh', ['-c', 'command -v chromium'], { encoding: 'utf8' }).stdout.trim();
if (program === '') process.stderr.write('report.html was not tried in a browser: there is no chromium on the PATH.\n');
const inBrowser = program === '' ? describe.skip : describe;

const hostile = `</script><script>alert(1)</script><img src="https://example.com/x.png" onerror="alert(2)">`;
const wave = Array.from({ length: 800 }, (_, i) => 100 + i / 10 + 8 * Math.sin(i / 20));

inBrowser('report.html in a real browser', () => {
  let folder: string;
  let browser: Browser;
  let address: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quarry-page-'));
    const run = sampleRun(wave, [5, -2, 3, 1, -1, 2]);
    const report = buildReport({
      ...withRun(run, {
        benchmark: 'buy-and-hold',
        bars: run.study.run.bars.map((bars) => ({ ...bars, symbol: hostile })),
      }),
      strategyName: hostile,
      log: [{ level: 'log', text: hostile, bar: 0, time: 0, file: null, line: null }],
    });
    address = join(folder, 'report.html');
    await writeFile(address, await reportHtml(report));
    browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox'] });
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** The page, and whatever it did that it must not: requests, dialogs, errors, breaches of its policy. */
  async function open(colorScheme: 'light' | 'dark'): Promise<{ page: Page; misdeeds: string[] }> {
    const page = await browser.newPage({ colorScheme });
    const misdeeds: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith('file:')) misdeeds.push(`request ${request.url()}`);
    });
    page.on('dialog', (dialog) => {
      misdeeds.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('pageerror', (error) => misdeeds.push(`error ${error.message}`));
    page.on('console', (message) => misdeeds.push(`console ${message.text()}`));
    await page.goto(pathToFileURL(address).href);
    await page.waitForSelector('#chart-equity svg');
    return { page, misdeeds };
  }

  test.each(['light', 'dark'] as const)(
    'draws every chart in %s, asks the network for nothing, and runs no script of a stranger',
    async (scheme) => {
      const { page, misdeeds } = await open(scheme);
      const charts = await page.locator('.chart svg').count();
      await page.mouse.move(600, 500);
      expect([charts, misdeeds]).toEqual([7, []]);
      await page.close();
    },
    60_000,
  );

  test('shows text that looks like markup as the text it is', async () => {
    const { page } = await open('light');
    expect(await page.locator('h1').textContent()).toBe(hostile);
    await page.close();
  }, 60_000);

  test('fits a phone and a sheet of paper without scrolling sideways', async () => {
    const { page } = await open('light');
    await page.setViewportSize({ width: 390, height: 800 });
    const phone = await widthOnceFitted(page, 390);
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: 700, height: 1000 });
    const paper = await widthOnceFitted(page, 700);
    expect([phone, paper]).toEqual([390, 700]);
    await page.close();
  }, 60_000);
});

/** The width that the page takes once its charts have followed the window, which they do a frame later. */
async function widthOnceFitted(page: Page, wanted: number): Promise<number> {
  for (const deadline = Date.now() + 5000; ;) {
    const width = Number(await page.evaluate('document.documentElement.scrollWidth'));
    if (width <= wanted || Date.now() > deadline) return width;
  }
}

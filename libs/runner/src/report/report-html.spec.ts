import { describe, expect, test } from '@jest/globals';
import { computeMetrics, explainMetric } from '@quarry/engine/host';
import { buildReport, failedReport } from './build-report.js';
import { html } from './markup.js';
import { reportHtml } from './report-html.js';
import { sampleRun, withRun } from './sample-run.js';

const hostile = `</script><script>alert(1)</script><img src=x onerror="alert(2)">'"&`;
const wave = Array.from({ length: 800 }, (_, i) => 100 + i / 10 + 8 * Math.sin(i / 20));

function hostileReport() {
  const run = sampleRun(wave, [5, -2, 3, 1, -1, 2]);
  const { bars, result } = run.study.run;
  return buildReport({
    ...withRun(run, {
      bars: bars.map((one) => ({ ...one, symbol: hostile })),
      benchmark: 'buy-and-hold',
      result: {
        ...result,
        trades: { ...result.trades, tags: [hostile] },
        rejections: [{ orderId: 1, bar: 1, reason: hostile }],
      },
    }),
    strategyName: hostile,
    metrics: [{ id: 'x', label: hostile, value: 1, unit: 'ratio', group: 'ratio', basis: hostile }],
    manifest: { ...run.manifest, params: { [hostile]: hostile } },
    log: [{ level: 'warn', text: hostile, bar: 1, time: 0, file: hostile, line: 1 }],
  });
}

describe('report.html', () => {
  test('no name turns the direction of what is written after it', async () => {
    const page = await reportHtml({ ...hostileReport(), strategyName: 'a\u202eb\u2066c' });
    expect(page.replace(/<script>[\s\S]*?<\/script>/g, '')).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
  });

  test('text that a person wrote never becomes markup or script', async () => {
    const page = await reportHtml(hostileReport());
    const markup = page.replace(/<script>[\s\S]*?<\/script>/g, '<script></script>');
    const tags = [...markup.matchAll(/<(script|img)\b[^>]*>/g)].map(([tag]) => tag);
    expect(tags).toEqual(['<script type="application/json" id="charts">', '<script>', '<script>']);
  });

  test('loads nothing: no address of a resource anywhere in its markup', async () => {
    const page = await reportHtml(hostileReport());
    const markup = page.replace(/<script>[\s\S]*?<\/script>/g, '');
    expect(
      markup.match(/\b(src|href|action)\s*=|url\(|@import|https?:/g)?.filter((found) => !found.startsWith('src')) ?? [],
    ).toEqual([]);
  });

  test('its policy allows its own scripts by hash and nothing else', async () => {
    const page = await reportHtml(hostileReport());
    expect(page).toMatch(/default-src &#39;none&#39;; script-src &#39;sha256-\S+&#39; &#39;sha256-\S+&#39;; style-src/);
  });

  test('explains every figure that it shows, on hover and in a list', async () => {
    const run = sampleRun(wave, [5, -2, 3, 1, -1, 2]);
    const metrics = computeMetrics('v1', run.study.run);
    const page = await reportHtml(buildReport({ ...run, metrics }));
    const missing = metrics.filter(({ id }) => {
      const words = html`${explainMetric('v1', id)!.formula}`.text;
      return page.split(words).length < 3;
    });
    expect(missing).toEqual([]);
  });

  test('of a failed run says what failed and where, and runs no script', async () => {
    const { strategyName, environment } = sampleRun(wave);
    const page = await reportHtml(
      failedReport({
        strategyName,
        failure: {
          code: 'threw',
          message: hostile,
          position: { file: 'main.ts', line: 4, column: 9 },
          diagnostics: [],
        },
        manifest: null,
        manifestHash: null,
        log: [],
        logCut: false,
        environment,
      }),
    );
    expect([page.includes('main.ts:4:9'), page.includes('threw'), page.includes('<script')]).toEqual([
      true,
      true,
      false,
    ]);
  });
});

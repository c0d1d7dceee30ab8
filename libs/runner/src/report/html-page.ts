import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Markup } from './markup.js';
import { html, jsonForScript } from './markup.js';
import { pageScript } from './page-script.js';
import { pageStyle } from './page-style.js';

export interface PageParts {
  readonly title: string;
  /** Version that made it. */
  readonly quarry: string;
  readonly body: Markup;
  /** Options for ECharts by the end of their places' ids, `chart-` before it; null for a page without charts. */
  readonly charts: object | null;
  /** ECharts with what most charts need, or whole. */
  readonly library: 'echarts.common.min.js' | 'echarts.min.js';
}

/**
 * A self-contained page: style, data and ECharts stand in it, it asks the network for nothing, and its policy lets only
 * its own two scripts run. All text that a person wrote is escaped.
 */
export async function htmlPage({ title, quarry, body, charts, library }: PageParts): Promise<string> {
  const code = charts
    ? [await readFile(createRequire(import.meta.url).resolve(`echarts/dist/${library}`), 'utf8'), pageScript]
    : [];
  const scripts = code.map((text) => text.replaceAll('</script', '<\\/script'));
  const allowed = scripts.map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`).join(' ');
  const policy = `default-src 'none'; script-src ${allowed || "'none'"}; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'`;
  const head = html`<meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="generator" content="Quarry ${quarry}" />
    <title>${title}</title> `;
  return [
    '<!doctype html>\n<html lang="en">\n<head>\n',
    head.text,
    `<style>${pageStyle}</style>\n</head>\n<body>\n`,
    body.text,
    ...(charts ? [`<script type="application/json" id="charts">${jsonForScript(charts)}</script>\n`] : []),
    ...scripts.map((text) => `<script>${text}</script>\n`),
    '</body>\n</html>\n',
  ].join('');
}

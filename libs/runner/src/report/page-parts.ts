import type { Manifest, SearchBase } from '@quarry/contracts';
import { dataInWords, pricesInWords, settingsInWords } from '@quarry/contracts/display';
import type { Markup } from './markup.js';
import { html } from './markup.js';
import { rowTable } from './page-tables.js';

// What pages have in common.

export function pageHead(kind: string, name: string, about: Markup): Markup {
  return html`<header>
    <div>
      <div class="eyebrow">${kind}</div>
      <h1>${name}</h1>
    </div>
    <div class="about">${about}</div>
  </header>`;
}

/** Figures that are read first: text over its name. */
export function pageHeadline(figures: readonly (readonly [text: string, name: string])[]): Markup {
  return html`<section class="headline">
    ${figures.map(([text, name]) => html`<div><b>${text}</b><span>${name}</span></div>`)}
  </section>`;
}

export function pageWarnings(said: readonly string[]): Markup | null {
  if (said.length === 0) return null;
  return html`<div class="warnings">
    <strong>Before you believe it</strong>
    <ul>
      ${said.map((text) => html`<li>${text}</li>`)}
    </ul>
  </div>`;
}

export function pageChart(id: string, title: string, says: string, size: '' | 'tall' | 'short' = ''): Markup {
  return html`<section>
    <h3>${title}</h3>
    <div id="chart-${id}" class="chart ${size}" role="img" aria-label="${says}"></div>
  </section>`;
}

/** Data, settings and what else was the same in every run. */
export function pageBase(base: SearchBase, title: string, more: readonly (readonly [string, string])[]): Markup {
  const manifest: Manifest = { ...base, params: {} };
  return html`<h2>What was run</h2>
    <div class="columns">
      ${rowTable('Settings and costs', [...dataInWords(manifest), ...pricesInWords(manifest), ...settingsInWords(base.settings)])}
      ${rowTable(title, more)}
    </div>`;
}

export function pageFoot({ wall, quarry }: { readonly wall: string; readonly quarry: string }, note = ''): Markup {
  return html`<footer>
    Simulated on past data by Quarry ${quarry}, sandbox wall: ${wall}. No order was sent, and fills, costs and liquidity
    are the models named above. ${note}
  </footer>`;
}

export const searchedNote = 'What was found by searching is likely to do worse than it did here.';

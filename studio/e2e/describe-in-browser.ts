import { afterAll, beforeAll, describe } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { findChromium, launch } from './chromium';
import { startQuarry, type RunningQuarry } from './running-quarry';

/** What a suite in the browser stands on, from its first hook on. */
export interface Stage {
  readonly quarry: RunningQuarry;
  readonly browser: Browser;
}

/** A suite over a Quarry of its own, as `npm start` brings it up, and a browser; skipped where there is none. */
export function describeInBrowser(title: string, suite: (stage: Stage) => void): void {
  const chromium = findChromium();
  (chromium === null ? describe.skip : describe)(title, () => {
    let quarry: RunningQuarry | undefined;
    let browser: Browser | undefined;

    beforeAll(async () => {
      quarry = await startQuarry();
      browser = await launch(chromium ?? '');
    }, 300_000);

    afterAll(async () => {
      await browser?.close();
      await quarry?.stop();
    }, 60_000);

    suite({
      get quarry() {
        return present(quarry);
      },
      get browser() {
        return present(browser);
      },
    });
  });
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The stage is up from the first hook on, not before.');
  return value;
}

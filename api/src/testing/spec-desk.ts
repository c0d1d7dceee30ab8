import { afterAll, beforeAll } from '@jest/globals';
import { Desk } from './desk.js';
import { TestApi } from './test-api.js';

/** The API and a quant at work on it, for the specs of one file: up before the first, gone after the last. */
export function specDesk(studio?: (folder: string) => Promise<string>): { readonly api: TestApi; readonly desk: Desk } {
  const here = {} as { api: TestApi; desk: Desk };
  beforeAll(async () => {
    here.api = await TestApi.start(studio);
    here.desk = new Desk(here.api, await here.api.person('quant'));
  }, 60_000);
  afterAll(() => here.api.stop(), 30_000);
  return here;
}

import type { QualityReport } from '@quarry/contracts';

/** More are counted only. */
const mostListed = 100_000;
const textLength = 200;

/** Rows that were not taken, counted whole and listed up to a hundred thousand. */
export class Refusals {
  count = 0;
  readonly list: QualityReport['refused'] = [];

  add(row: number, reason: string, text: string): void {
    this.count++;
    if (this.list.length < mostListed) this.list.push({ row, reason, text: text.slice(0, textLength) });
  }
}

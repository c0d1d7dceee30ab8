import type { CorporateAction } from '@quarry/contracts';
import { UsageError } from '../usage-error.js';

interface Factors {
  /** The last day to which they apply. */
  readonly day: string;
  readonly price: number;
  readonly split: number;
  /** The raw close of that day. */
  readonly close: number;
}

/** Whether a line is one of Lean's factor files: `20200828,0.9967882,0.25,499.23`. */
export function isFactorLine(line: string): boolean {
  return /^\d{8},[\d.eE+-]+,[\d.eE+-]+,[\d.eE+-]+$/.test(line);
}

/**
 * The splits and dividends behind a factor file of Lean's, in which adjusted price = price x price factor x split factor, by
 * the first line of the price's day or later. Between a line and the next, the split factor grows by the ratio, and the
 * price factor by 1 / (1 - D / C), C being the line's close. Its seven digits are exact enough for ratios in small whole
 * numbers, and for dividends to a ten-thousandth of a cent or so.
 */
export function actionsOfFactors(lines: readonly string[], path: string): CorporateAction[] {
  const factors = lines.flatMap((line, at) => {
    if (line === '') return [];
    if (!isFactorLine(line)) {
      throw new UsageError(
        `--actions: line ${at + 1} of the factor file "${path}" is not date,price,split,close: ${line.slice(0, 80)}.`,
      );
    }
    const [day = '', price, split, close] = line.split(',');
    return [{ day, price: Number(price), split: Number(split), close: Number(close) }];
  });
  return factors.slice(1).flatMap((after, at) => actionsBetween(factors[at]!, after));
}

function actionsBetween(before: Factors, after: Factors): CorporateAction[] {
  const date = dayAfter(before.day);
  const ratio = inSmallNumbers(after.split / before.split);
  const paid = 1 - before.price / after.price;
  const dividend = Number(((paid * before.close) / ratio).toFixed(5));
  const actions: CorporateAction[] = [];
  if (ratio !== 1) actions.push({ date, type: 'split', value: ratio });
  if (dividend > 0) actions.push({ date, type: 'dividend', value: dividend });
  return actions;
}

function dayAfter(day: string): string {
  const time = Date.UTC(Number(day.slice(0, 4)), Number(day.slice(4, 6)) - 1, Number(day.slice(6)) + 1);
  return new Date(time).toISOString().slice(0, 10);
}

/** Factors have seven digits: the fraction of the smallest numbers that they can mean. */
function inSmallNumbers(ratio: number): number {
  for (let below = 1; below <= 50; below++) {
    const above = Math.round(ratio * below);
    if (above > 0 && Math.abs(above / below / ratio - 1) < 2e-5) return above / below;
  }
  return ratio;
}

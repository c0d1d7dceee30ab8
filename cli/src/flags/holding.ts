import type { BacktestSettings } from '@quarry/contracts';
import { BorrowModel, FundingModel, InterestModel, MarginModel } from '@quarry/contracts';
import { UsageError } from '../usage-error.js';
import { fractionOf, namedParts, parsed } from './amounts.js';

/** `3%`: the fee a year for what is sold short; `none`. */
export function borrowFlag(text: string): BacktestSettings['borrow'] {
  return text === 'none'
    ? undefined
    : parsed('--borrow', text, BorrowModel, { kind: 'annual', rate: aYear('--borrow', text) });
}

/** `6%`: the interest a year on borrowed cash; `none`. */
export function interestFlag(text: string): BacktestSettings['interest'] {
  if (text === 'none') return undefined;
  return parsed('--interest', text, InterestModel, { kind: 'annual', rate: aYear('--interest', text) });
}

/** `1bp/8h`, or `column=fundingRate,1bp/8h` where the data may have a column of rates; `none`. */
export function fundingFlag(text: string): BacktestSettings['funding'] {
  if (text === 'none') return undefined;
  const match = /^(?:column=([^,]+),\s*)?([^/]+)\/(\d+)h$/.exec(text);
  const rate = match === null ? NaN : fractionOf(match[2]!.trim());
  if (match === null || Number.isNaN(rate)) {
    throw new UsageError(`--funding "${text}" is unknown. Write 1bp/8h, column=fundingRate,1bp/8h or none.`);
  }
  const [, column, , hours] = match;
  const given = { rate, hours: Number(hours) };
  return parsed(
    '--funding',
    text,
    FundingModel,
    column === undefined ? { kind: 'constant', ...given } : { kind: 'column', column: column.trim(), ...given },
  );
}

/** `50%,maintenance=25%`, with `,at-once` to close at the very close that is short of it; `none`. */
export function marginFlag(text: string): BacktestSettings['margin'] {
  if (text === 'none') return undefined;
  const [initial = '', ...rest] = text.split(',').map((part) => part.trim());
  const atOnce = rest.includes('at-once');
  const rule = rest.filter((part) => part !== 'at-once' && part !== 'next-open').join(',');
  if (Number.isNaN(fractionOf(initial)) || rule === '') {
    throw new UsageError(`--margin "${text}" is unknown. Write 50%,maintenance=25% or 50%,maintenance=25%,at-once.`);
  }
  const { maintenance = '' } = namedParts('--margin', rule, ['maintenance']);
  return parsed('--margin', text, MarginModel, {
    kind: atOnce ? 'at-once' : 'next-open',
    initial: fractionOf(initial),
    maintenance: fractionOf(maintenance),
  });
}

function aYear(flag: string, text: string): number {
  const rate = fractionOf(text);
  if (!Number.isNaN(rate)) return rate;
  throw new UsageError(`${flag} "${text}" is no rate a year. Write 3%, 0.03 or none.`);
}

import * as z from 'zod';

/** A number that says its name, its value and its range where it is refused. */
function within(name: string, isInside: (value: number) => boolean, range: string) {
  return z
    .number({ error: ({ input }) => `${name} is ${String(input)}; give a number ${range}.` })
    .refine(isInside, { error: ({ input }) => `${name} is ${String(input)}; give a number ${range}.` });
}

/** A fraction from 0 to 1. */
export const rateOf = (name: string) => within(name, (value) => value >= 0 && value <= 1, 'from 0 to 1');

/** A fraction above 0 and at most 1. */
export const shareOf = (name: string) => within(name, (value) => value > 0 && value <= 1, 'above 0 and at most 1');

/** A sum of money or a factor, 0 or more. */
export const amountOf = (name: string) => within(name, (value) => value >= 0 && value <= 1e15, 'from 0 to 1e15');

/** A limit: 0 would allow nothing at all. */
export const limitOf = (name: string) =>
  within(name, (value) => value > 0 && value <= 1e15, 'above 0 and at most 1e15');

/** A count of bars, hours or orders. */
export const countOf = (name: string, from: number, to: number) =>
  within(
    name,
    (value) => Number.isInteger(value) && value >= from && value <= to,
    `that is whole, from ${from} to ${to}`,
  );

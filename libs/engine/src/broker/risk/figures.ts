/** An amount of money in a reason. */
export function money(amount: number): string {
  return amount.toFixed(2);
}

/** A fraction in a reason: 0.1 is `10 %`. */
export function percent(fraction: number): string {
  return `${Number((fraction * 100).toPrecision(4))} %`;
}

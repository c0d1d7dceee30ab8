/** Omega at a threshold of zero: all gains over all losses (Keating and Shadwick 2002). NaN where nothing was lost. */
export function omega(returns: Float64Array): number {
  let gains = 0;
  let losses = 0;
  for (let i = 0; i < returns.length; i++) {
    const r = returns[i]!;
    if (r > 0) gains += r;
    else losses -= r;
  }
  return losses > 0 ? gains / losses : NaN;
}

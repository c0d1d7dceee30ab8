/** How far equity lies below its highest so far, at each bar: 0 at a peak, else negative, as a fraction of the peak. */
export function drawdownCurve(equity: Float64Array): Float64Array {
  const drawdown = new Float64Array(equity.length);
  let peak = -Infinity;
  for (let i = 0; i < equity.length; i++) {
    const value = equity[i]!;
    if (value > peak) peak = value;
    drawdown[i] = value === peak ? 0 : value / peak - 1;
  }
  return drawdown;
}

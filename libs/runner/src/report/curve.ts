/** Most points a report's curve may have. */
const maxPoints = 2_000;

/** Drawdown at each bar as a fraction, 0 or less; the first peak is the starting cash. */
export function underwater(equity: Float64Array, cash: number): Float64Array {
  const drawdown = new Float64Array(equity.length);
  let peak = cash;
  for (let i = 0; i < equity.length; i++) {
    const value = equity[i]!;
    if (value > peak) peak = value;
    drawdown[i] = value / peak - 1;
  }
  return drawdown;
}

/**
 * Which bars to draw: all of them, or so few that they fit, yet with the first and last bar, and from each stretch
 * its lowest and highest equity and its deepest drawdown, so that no extreme of the curve is lost.
 */
export function pointsToDraw(equity: Float64Array, drawdown: Float64Array, limit = maxPoints): number[] {
  const length = equity.length;
  if (length <= limit) return Array.from({ length }, (_, i) => i);

  const stretches = Math.max(1, Math.floor((limit - 2) / 3));
  const chosen = new Set([0]);
  for (let s = 0; s < stretches; s++) {
    const from = Math.floor((s * length) / stretches);
    const to = Math.floor(((s + 1) * length) / stretches);
    let low = from;
    let high = from;
    let deep = from;
    for (let i = from + 1; i < to; i++) {
      if (equity[i]! < equity[low]!) low = i;
      if (equity[i]! > equity[high]!) high = i;
      if (drawdown[i]! < drawdown[deep]!) deep = i;
    }
    chosen.add(low).add(high).add(deep);
  }
  chosen.add(length - 1);
  return [...chosen].sort((a, b) => a - b);
}

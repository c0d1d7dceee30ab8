/** Most points a report's curve may have. */
const maxPoints = 2_000;

/**
 * Which bars to draw: all of them, or so few that they fit, yet with the first and last bar, and from each stretch
 * its lowest and highest equity and its deepest drawdown, so that no extreme of the curve is lost.
 */
export function pointsToDraw(equity: Float64Array, cash: number, limit = maxPoints): number[] {
  const length = equity.length;
  if (length <= limit) return Array.from({ length }, (_, i) => i);

  const stretches = Math.max(1, Math.floor((limit - 2) / 3));
  const chosen = new Set([0]);
  let peak = cash;
  for (let s = 0; s < stretches; s++) {
    const from = Math.floor((s * length) / stretches);
    const to = Math.floor(((s + 1) * length) / stretches);
    let low = from;
    let high = from;
    let deep = from;
    let lowest = equity[from]!;
    let highest = lowest;
    if (highest > peak) peak = highest;
    // What equity must fall below to lie deeper under its peak than any before it in the stretch.
    let floor = Infinity;
    for (let i = from; i < to; i++) {
      const value = equity[i]!;
      if (value > highest) {
        highest = value;
        high = i;
        if (value > peak) {
          floor *= value / peak;
          peak = value;
        }
      } else if (value < lowest) {
        lowest = value;
        low = i;
      }
      if (value < floor) {
        floor = value;
        deep = i;
      }
    }
    chosen.add(low).add(high).add(deep);
  }
  chosen.add(length - 1);
  return [...chosen].sort((a, b) => a - b);
}

/** Drawdown at some bars, in order, as fractions, 0 or less; the first peak is the starting cash. */
export function drawdownsAt(points: readonly number[], equity: Float64Array, cash: number): number[] {
  let peak = cash;
  let bar = 0;
  return points.map((point) => {
    for (; bar <= point; bar++) if (equity[bar]! > peak) peak = equity[bar]!;
    return equity[point]! / peak - 1;
  });
}

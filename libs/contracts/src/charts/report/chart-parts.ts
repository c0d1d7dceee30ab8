/** Fixed sides, so that charts above each other share their time axis to the pixel. */
export const edge = { left: 4, right: 68, outerBoundsMode: 'none' };

export const legend = { top: 0, left: 0, icon: 'roundRect', itemWidth: 14, itemHeight: 3 };

export const line = { type: 'line', showSymbol: false, emphasis: { disabled: true } };

export const percentAxis = { type: 'value', position: 'right', axisLabel: { formatter: '{value} %' } };

/** Pairs of milliseconds and value; what is null leaves a gap. */
export function overTime(
  time: readonly number[],
  values: readonly (number | null)[],
  scale = 1,
): (readonly [number, number | null])[] {
  return values.map((value, i) => [time[i]! / 1000, value === null ? null : value * scale]);
}

const levels = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/**
 * A curve in one line of text: each cell is the mean of its stretch of values, from the lowest (`▁`) to the highest (`█`).
 * Empty without a finite value; level where all are equal.
 */
export function sparkline(values: readonly number[], width: number): string {
  const finite = values.filter(Number.isFinite);
  const cells = Math.min(width, finite.length);
  const means = Array.from({ length: cells }, (_, cell) => {
    const stretch = finite.slice(
      Math.floor((cell * finite.length) / cells),
      Math.floor(((cell + 1) * finite.length) / cells),
    );
    return stretch.reduce((sum, value) => sum + value, 0) / stretch.length;
  });
  const low = Math.min(...means);
  const span = Math.max(...means) - low;
  return means.map((mean) => levels[span > 0 ? Math.round(((mean - low) / span) * 7) : 3]).join('');
}

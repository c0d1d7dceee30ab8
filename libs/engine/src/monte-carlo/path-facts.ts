/** What is kept of a path beside its end. Levels are those of its scale: logs for a path of logs. */
export interface PathFacts {
  /** The deepest fall from a peak, as a fraction of that peak. */
  maxDrawdown: number;
  /** Steps from a peak to where it is reached again, or to the end: the most. 0 for a path that never falls. */
  longestDrawdown: number;
  lowest: number;
  highest: number;
}

/** Walks a path of levels that starts at 1. */
export function factsOfLevels(path: Float64Array, facts: PathFacts): void {
  let peak = 1;
  let peakAt = -1;
  let least = 1;
  let lowest = 1;
  let longest = 1;
  const steps = path.length;
  for (let t = 0; t < steps; t++) {
    const level = path[t]!;
    if (level >= peak) {
      peak = level;
      if (t - peakAt > longest) longest = t - peakAt;
      peakAt = t;
    } else if (level < least * peak) {
      least = level / peak;
      // A new low is a deeper fall than any before: its peak is no lower than theirs.
      if (level < lowest) lowest = level;
    }
  }
  writeFacts(facts, { maxDrawdown: 1 - least, longest, untilEnd: steps - peakAt, lowest, highest: peak });
}

/** Walks a path of logs that starts at 0. */
export function factsOfLogs(path: Float64Array, facts: PathFacts): void {
  let peak = 0;
  let peakAt = -1;
  let least = 0;
  let lowest = 0;
  let longest = 1;
  const steps = path.length;
  for (let t = 0; t < steps; t++) {
    const level = path[t]!;
    if (level >= peak) {
      peak = level;
      if (t - peakAt > longest) longest = t - peakAt;
      peakAt = t;
    } else if (level < least + peak) {
      least = level - peak;
      if (level < lowest) lowest = level;
    }
  }
  writeFacts(facts, { maxDrawdown: -Math.expm1(least), longest, untilEnd: steps - peakAt, lowest, highest: peak });
}

function writeFacts(
  facts: PathFacts,
  walked: { maxDrawdown: number; longest: number; untilEnd: number; lowest: number; highest: number },
): void {
  facts.maxDrawdown = walked.maxDrawdown;
  // From one peak to the next step is no fall. The step after the last would end the one still open.
  const longest = Math.max(walked.longest, walked.untilEnd - 1);
  facts.longestDrawdown = longest > 1 || walked.untilEnd > 1 ? longest : 0;
  facts.lowest = walked.lowest;
  facts.highest = walked.highest;
}

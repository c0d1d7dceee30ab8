/** Indices (paths, resamples, trials) come in blocks of so many, and a slice is whole blocks; only the last may be short. */
export const indicesPerBlock = 64;

/** The indices from `from` up to, but without, `to`. */
export interface Slice {
  readonly from: number;
  readonly to: number;
}

/**
 * Work over indices that may be done in any number of slices, anywhere and in any order, with one answer bit for bit:
 * each index draws from its own state, a part holds what each of its indices yielded, and `finish` sees all of them in
 * the order of their indices. Parts are plain data, fit to cross a process boundary.
 */
export interface SlicedWork<Part extends Slice, Result> {
  /** How many indices there are. */
  readonly count: number;
  run(slice: Slice): Part;
  /** @param parts all of them, in any order */
  finish(parts: readonly Part[]): Result;
}

/** Cuts so many indices into at most so many slices of nearly equal length. */
export function planSlices(count: number, slices: number): Slice[] {
  requireCount('There are', count, 'indices');
  requireCount('They are to be cut into', slices, 'slices');
  const blocks = Math.ceil(count / indicesPerBlock);
  const most = Math.min(slices, blocks);
  return Array.from({ length: most }, (_, i) => ({
    from: Math.floor((i * blocks) / most) * indicesPerBlock,
    to: Math.min(count, Math.floor(((i + 1) * blocks) / most) * indicesPerBlock),
  }));
}

/** All of a work in one slice. */
export function runWhole<Part extends Slice, Result>(work: SlicedWork<Part, Result>): Result {
  return work.finish([work.run({ from: 0, to: work.count })]);
}

/** @throws RangeError where the slice is not whole blocks of the indices */
export function requireSlice({ from, to }: Slice, count: number): void {
  const isWhole = from % indicesPerBlock === 0 && (to % indicesPerBlock === 0 || to === count);
  if (!(isWhole && from >= 0 && from < to && to <= count)) {
    throw new RangeError(
      `A slice from ${from} to ${to} of ${count} indices is not whole blocks of ${indicesPerBlock}. Use planSlices.`,
    );
  }
}

/**
 * The parts in the order of their indices.
 * @throws RangeError where one is missing, or there twice
 */
export function inOrder<Part extends Slice>(parts: readonly Part[], count: number): Part[] {
  const sorted = [...parts].sort((a, b) => a.from - b.from);
  let reached = 0;
  for (const part of sorted) {
    requireSlice(part, count);
    if (part.from !== reached) {
      throw new RangeError(`The parts go on at index ${part.from}, not at ${reached}: each is needed once.`);
    }
    reached = part.to;
  }
  if (reached !== count) throw new RangeError(`The parts end at index ${reached}, and there are ${count}.`);
  return sorted;
}

/** One column of all parts, in the order of their indices. */
export function joinColumns<Part extends Slice>(
  parts: readonly Part[],
  count: number,
  columnOf: (part: Part) => Float64Array,
): Float64Array {
  const joined = new Float64Array(count);
  for (const part of inOrder(parts, count)) {
    const column = columnOf(part);
    if (column.length !== part.to - part.from) {
      throw new RangeError(`The part from ${part.from} to ${part.to} holds ${column.length} values.`);
    }
    joined.set(column, part.from);
  }
  return joined;
}

export function requireCount(says: string, count: number, what: string): void {
  if (!(Number.isInteger(count) && count >= 1 && count <= 2 ** 32)) {
    throw new RangeError(`${says} ${count} ${what}; it must be a whole number from 1 on.`);
  }
}

/*
 * Fresh memory is dear: to touch 8 MB for the first time takes longer than to compute a moving average in them. Whoever
 * waits for a run has the time, and makes columns ready for it.
 */
let ready: Float64Array[] = [];

/** A column of zeros. */
export function newColumn(length: number): Float64Array {
  return ready[0]?.length === length ? ready.pop()! : new Float64Array(length);
}

/** Makes columns of this length ready, in place of those that were; none with 0. */
export function prepareColumns(count: number, length: number): void {
  ready = Array.from({ length: count }, () => {
    const column = new Float64Array(length);
    // Writing 0 over 0 changes nothing, but brings the page of memory in.
    for (let i = 0; i < length; i += valuesInPage) column[i] = 0;
    return column;
  });
}

const valuesInPage = 512;

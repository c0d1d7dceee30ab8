/** Rows of one series as they stand in the file, in typed columns that grow. */
export class SeriesBuilder {
  length = 0;
  /** Times as written, µs as if UTC. */
  stamps = new Float64Array(1024);
  /** Minutes from UTC where the row states them, else NaN. */
  offsets = new Float32Array(1024);
  /** The row's number in the file. */
  rows = new Uint32Array(1024);
  readonly columns: Float64Array[];

  constructor(
    readonly symbol: string,
    /** Of its columns. */
    readonly names: readonly string[],
  ) {
    this.columns = Array.from({ length: names.length }, () => new Float64Array(1024));
  }

  add(stamp: number, offset: number, row: number, values: Float64Array): void {
    if (this.length === this.stamps.length) this.#grow();
    const at = this.length++;
    this.stamps[at] = stamp;
    this.offsets[at] = offset;
    this.rows[at] = row;
    const { columns } = this;
    for (let k = 0; k < columns.length; k++) columns[k]![at] = values[k]!;
  }

  #grow(): void {
    const capacity = this.stamps.length * 2;
    this.stamps = longer(this.stamps, new Float64Array(capacity));
    this.offsets = longer(this.offsets, new Float32Array(capacity));
    this.rows = longer(this.rows, new Uint32Array(capacity));
    this.columns.forEach((column, k) => (this.columns[k] = longer(column, new Float64Array(capacity))));
  }
}

function longer<T extends Float64Array | Float32Array | Uint32Array>(from: T, into: T): T {
  into.set(from);
  return into;
}

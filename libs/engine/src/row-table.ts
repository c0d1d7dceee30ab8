/** Records of equal width that grow in number: one array of numbers, row after row. Cheap to add to; columns at the end. */
export class RowTable {
  readonly width: number;
  /** Row k begins at `k * width`. Replaced when the table grows, so ask anew after `add`. */
  rows: Float64Array;
  length = 0;

  constructor(width: number) {
    this.width = width;
    this.rows = new Float64Array(width * 64);
  }

  /** Adds a row and answers where it begins. */
  add(): number {
    const at = this.length++ * this.width;
    if (at === this.rows.length) {
      const larger = new Float64Array(at * 2);
      larger.set(this.rows);
      this.rows = larger;
    }
    return at;
  }

  float64(field: number): Float64Array {
    return this.#fill(new Float64Array(this.length), field);
  }

  int32(field: number): Int32Array {
    return this.#fill(new Int32Array(this.length), field);
  }

  #fill<T extends Float64Array | Int32Array>(column: T, field: number): T {
    const { rows, width } = this;
    for (let row = 0, at = field; row < column.length; row++, at += width) column[row] = rows[at]!;
    return column;
  }
}

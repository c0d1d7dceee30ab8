type Column = Float64Array | Int32Array | Uint8Array;

/** A typed array that grows as values are added. */
export class GrowingColumn<T extends Column> {
  length = 0;
  #values: T;
  readonly #make: (length: number) => T;

  private constructor(make: (length: number) => T) {
    this.#make = make;
    this.#values = make(256);
  }

  static float64(): GrowingColumn<Float64Array> {
    return new GrowingColumn((length) => new Float64Array(length));
  }

  static int32(): GrowingColumn<Int32Array> {
    return new GrowingColumn((length) => new Int32Array(length));
  }

  static uint8(): GrowingColumn<Uint8Array> {
    return new GrowingColumn((length) => new Uint8Array(length));
  }

  push(value: number): void {
    if (this.length === this.#values.length) {
      const larger = this.#make(this.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.length++] = value;
  }

  set(index: number, value: number): void {
    this.#values[index] = value;
  }

  get(index: number): number {
    return this.#values[index]!;
  }

  /** A copy of the values, as long as they are. */
  values(): T {
    return this.#values.slice(0, this.length) as T;
  }
}

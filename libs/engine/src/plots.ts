import { GrowingColumn } from './growing-column.js';

const mostLines = 16;
const mostPoints = 100_000;
const longestName = 64;

/** A line that the strategy drew: values at bars of the first series. */
export interface Plot {
  readonly name: string;
  readonly bar: Int32Array;
  readonly value: Float64Array;
}

/** Collects what the strategy draws. Beyond 100,000 points a line is cut, for drawings must not fail a run. */
export class Plots {
  readonly #lines = new Map<string, { bar: GrowingColumn<Int32Array>; value: GrowingColumn<Float64Array> }>();

  /** @throws RangeError for a name without text or too long, a value that is not a number, or one line too many. */
  add(name: string, bar: number, value: number): void {
    if (typeof value !== 'number') throw new RangeError(`plot: value is ${String(value)}; give a number.`);
    const line = this.#lines.get(name) ?? this.#begin(name);
    if (line.bar.length === mostPoints) return;
    line.bar.push(bar);
    line.value.push(value);
  }

  lines(): readonly Plot[] {
    return [...this.#lines].map(([name, { bar, value }]) => ({ name, bar: bar.values(), value: value.values() }));
  }

  #begin(name: string): { bar: GrowingColumn<Int32Array>; value: GrowingColumn<Float64Array> } {
    if (typeof name !== 'string' || name === '' || name.length > longestName) {
      throw new RangeError(`plot: the name must be a text of 1 to ${longestName} characters.`);
    }
    if (this.#lines.size === mostLines) {
      throw new RangeError(`plot: a run draws at most ${mostLines} lines; "${name}" would be one more.`);
    }
    const line = { bar: GrowingColumn.int32(), value: GrowingColumn.float64() };
    this.#lines.set(name, line);
    return line;
  }
}

import { RowTable } from './row-table.js';

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
  readonly #lines = new Map<string, RowTable>();

  /** @throws RangeError for a name without text or too long, a value that is not a number, or one line too many. */
  add(name: string, bar: number, value: number): void {
    if (typeof value !== 'number') throw new RangeError(`plot: value is ${String(value)}; give a number.`);
    const line = this.#lines.get(name) ?? this.#begin(name);
    if (line.length === mostPoints) return;
    const at = line.add();
    line.rows[at] = bar;
    line.rows[at + 1] = value;
  }

  lines(): readonly Plot[] {
    return [...this.#lines].map(([name, line]) => ({ name, bar: line.int32(0), value: line.float64(1) }));
  }

  #begin(name: string): RowTable {
    if (typeof name !== 'string' || name === '' || name.length > longestName) {
      throw new RangeError(`plot: the name must be a text of 1 to ${longestName} characters.`);
    }
    if (this.#lines.size === mostLines) {
      throw new RangeError(`plot: a run draws at most ${mostLines} lines; "${name}" would be one more.`);
    }
    const line = new RowTable(2);
    this.#lines.set(name, line);
    return line;
  }
}

import type { FileCoverage } from '@quarry/contracts';
import type { ScriptMarks } from '../compile/bundle.js';

/** What of a strategy's code one run passed. */
export interface RanCode {
  readonly places: ScriptMarks['places'];
  /** 1 for each place that was passed, 0 for each other. */
  readonly ran: string;
}

/** Gathers over runs what of strategies' files ran: a line that one run passed by halves, another may complete. */
export class Coverage {
  readonly #files = new Map<string, { readonly lines: number[]; readonly ran: boolean[] }>();

  /** @param nameOf what a file of this strategy is called among those of others */
  add({ places, ran }: RanCode, nameOf: (file: string) => string): void {
    const counts = new Map<string, number>();
    places.forEach(([file, line], i) => {
      const name = nameOf(file);
      const known = this.#files.get(name) ?? { lines: [], ran: [] };
      this.#files.set(name, known);
      const at = counts.get(name) ?? 0;
      counts.set(name, at + 1);
      known.lines[at] = line;
      known.ran[at] = known.ran[at] === true || ran[i] === '1';
    });
  }

  /** By the files' names. */
  get files(): FileCoverage[] {
    return [...this.#files]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([file, { lines, ran }]) => {
        const whole = new Map<number, { all: boolean; any: boolean }>();
        lines.forEach((line, i) => {
          const { all, any } = whole.get(line) ?? { all: true, any: false };
          whole.set(line, { all: all && ran[i]!, any: any || ran[i]! });
        });
        const numbers = [...whole.keys()].sort((a, b) => a - b);
        const missed = numbers.filter((line) => !whole.get(line)!.any);
        const partly = numbers.filter((line) => whole.get(line)!.any && !whole.get(line)!.all);
        return { file, code: numbers, missed, partly };
      });
  }
}

/** A run's own account of its code, held against the marks of its script; null where it gave none that fits. */
export function ranCode(marks: ScriptMarks | null, ran: string): RanCode | null {
  if (!marks || ran.length !== marks.places.length || !/^[01]*$/.test(ran)) return null;
  return { places: marks.places, ran };
}

import type { Cell, CellProblem } from './cell.js';
import { namesOfCells, type CellNames } from './cell-names.js';

/** Which cell needs which, and the order in which they can run. */
export interface CellGraph {
  /** Names of each cell, in order of the notebook. */
  readonly names: readonly CellNames[];
  /** For each cell, the cells whose names it uses, ascending. */
  readonly needs: readonly (readonly number[])[];
  /** All cells, each after those it needs, else in order of the notebook. Cells of a cycle come last. */
  readonly order: readonly number[];
  readonly problems: readonly CellProblem[];
}

/** The graph of a notebook's cells: an edge from the cell that declares or imports a name to each that uses it. */
export function cellGraph(cells: readonly Cell[]): CellGraph {
  const names = namesOfCells(cells);
  const makers = makersOf(names);
  const needs = names.map(({ references }, index) => {
    const needed = references.flatMap((name) => makers.get(name)?.slice(0, 1) ?? []);
    return [...new Set(needed)].filter((maker) => maker !== index).sort((a, b) => a - b);
  });
  const { order, stuck } = orderOf(needs);
  return {
    names,
    needs,
    order,
    problems: [
      ...duplicates(cells, names, makers),
      ...foreignAssignments(cells, names, makers),
      ...cycles(cells, needs, stuck),
    ],
  };
}

/** Name -> the cells that declare or import it, ascending. */
function makersOf(names: readonly CellNames[]): Map<string, number[]> {
  const makers = new Map<string, number[]>();
  names.forEach(({ declares, imports }, index) => {
    for (const name of new Set([...declares, ...imports.map((imported) => imported.name)])) {
      makers.set(name, [...(makers.get(name) ?? []), index]);
    }
  });
  return makers;
}

function orderOf(needs: readonly (readonly number[])[]): { order: number[]; stuck: number[] } {
  const order: number[] = [];
  const done = new Set<number>();
  const waiting = needs.map((_, index) => index);
  for (;;) {
    const next = waiting.find((index) => !done.has(index) && (needs[index] ?? []).every((needed) => done.has(needed)));
    if (next === undefined) break;
    done.add(next);
    order.push(next);
  }
  const stuck = waiting.filter((index) => !done.has(index));
  return { order: [...order, ...stuck], stuck };
}

/** The same import in several cells is one thing; any other name has one home. */
function duplicates(
  cells: readonly Cell[],
  names: readonly CellNames[],
  makers: ReadonlyMap<string, readonly number[]>,
): CellProblem[] {
  return [...makers].flatMap(([name, where]): CellProblem[] => {
    const origins = new Set(where.map((index) => originOf(name, names[index]!) ?? `cell ${index}`));
    if (where.length < 2 || origins.size === 1) return [];
    const message = `${name} is declared in ${listed(where)}. Give each cell's own another name.`;
    return [{ code: 'declared-twice', message, cells: where, line: cells[where[1]!]!.firstLine }];
  });
}

function originOf(name: string, { imports }: CellNames): string | undefined {
  return imports.find((imported) => imported.name === name)?.origin;
}

/** Cells run in the order of their needs, so a write from outside would come at no certain time. */
function foreignAssignments(
  cells: readonly Cell[],
  names: readonly CellNames[],
  makers: ReadonlyMap<string, readonly number[]>,
): CellProblem[] {
  return names.flatMap(({ assigns }, index) =>
    assigns.flatMap((name): CellProblem[] => {
      const [maker] = makers.get(name) ?? [];
      if (maker === undefined) return [];
      const message = `Cell ${index + 1} assigns ${name}, which cell ${maker + 1} declares. Only that cell may change it.`;
      return [
        {
          code: 'assigned-elsewhere',
          message,
          cells: [maker, index].sort((a, b) => a - b),
          line: cells[index]!.firstLine,
        },
      ];
    }),
  );
}

/** One problem per ring of cells that wait for each other. */
function cycles(
  cells: readonly Cell[],
  needs: readonly (readonly number[])[],
  stuck: readonly number[],
): CellProblem[] {
  const reach = (from: number): Set<number> => {
    const seen = new Set<number>();
    const queue = [...(needs[from] ?? [])];
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      if (seen.has(at)) continue;
      seen.add(at);
      queue.push(...(needs[at] ?? []));
    }
    return seen;
  };
  const reached = new Map(stuck.map((index) => [index, reach(index)]));
  const told = new Set<number>();
  return stuck.flatMap((index): CellProblem[] => {
    if (told.has(index) || !reached.get(index)?.has(index)) return [];
    const ring = stuck.filter((other) => reached.get(index)?.has(other) && reached.get(other)?.has(index));
    for (const member of ring) told.add(member);
    const message = `Of ${listed(ring)} each needs the other. Move what they share into a cell of its own.`;
    return [{ code: 'cycle', message, cells: ring, line: cells[ring[0]!]!.firstLine }];
  });
}

/** `cells 1 and 3` */
function listed(indices: readonly number[]): string {
  const numbers = indices.map((index) => String(index + 1));
  return numbers.length === 1 ? `cell ${numbers[0]}` : `cells ${numbers.slice(0, -1).join(', ')} and ${numbers.at(-1)}`;
}

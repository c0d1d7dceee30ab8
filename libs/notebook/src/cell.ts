export type CellKind = 'code' | 'markdown' | 'sql';

/** One cell of a notebook in the percent format. */
export interface Cell {
  /** Position in the notebook, from 0. */
  readonly index: number;
  readonly kind: CellKind;
  /** What stands after `// %%`: a title, or the name that an SQL cell's rows get. Empty where nothing does. */
  readonly title: string;
  /** Line of the file, from 1, that the first line of `text` came from. */
  readonly firstLine: number;
  /** The cell's code, or the text of a markdown or SQL cell without its comment marks. */
  readonly text: string;
}

/** A flaw of a notebook, with the line it shows at. */
export interface CellProblem {
  readonly code: 'unknown-kind' | 'nameless-sql' | 'declared-twice' | 'assigned-elsewhere' | 'cycle';
  readonly message: string;
  /** Cells concerned, in order of the notebook. */
  readonly cells: readonly number[];
  readonly line: number;
}

export type { Cell, CellKind, CellProblem } from './cell.js';
export { cellGraph, type CellGraph } from './cell-graph.js';
export type { CellNames, ImportedName } from './cell-names.js';
export { cellBegins, cellGives, notebookModule, type NotebookModule } from './notebook-module.js';
export { parseNotebook, type Notebook } from './parse-notebook.js';

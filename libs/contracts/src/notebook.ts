import * as z from 'zod';
import { Failure } from './failure.js';
import { LogLine, Wall } from './report.js';

/** What one cell of a notebook gave. */
export const NotebookCell = z.object({
  index: z.int(),
  kind: z.enum(['code', 'markdown', 'sql']),
  title: z.string(),
  /** Line of the file, from 1, on which the cell's text begins. */
  line: z.int(),
  state: z.enum(['text', 'ran', 'failed', 'not-run']),
  /** The code, or the text of a markdown cell. */
  text: z.string(),
  /** The value of the cell's last expression as it prints; null where there is none. */
  value: z.string().nullable(),
  /** What the cell wrote to the console; file and line are the notebook's. */
  log: z.array(LogLine),
});
export type NotebookCell = z.infer<typeof NotebookCell>;

/** What running a notebook gives; a failure's position is a place in the notebook's file. */
export const NotebookReport = z.object({
  schema: z.literal('quarry.notebook/1'),
  cells: z.array(NotebookCell),
  /** Code cells in the order in which they ran or would have. */
  order: z.array(z.int()),
  failure: Failure.nullable(),
  logCut: z.boolean(),
  environment: z.object({ wall: Wall, milliseconds: z.number() }),
});
export type NotebookReport = z.infer<typeof NotebookReport>;

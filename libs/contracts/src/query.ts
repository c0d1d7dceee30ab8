import * as z from 'zod';
import { Text } from './text.js';

/**
 * POST /api/datasets/{id}/query: one SELECT in DuckDB's SQL over the table `bars`, which holds the dataset's columns and,
 * before them, `symbol` and `interval`.
 */
export const QueryRequest = z.object({
  sql: Text.trim().min(1).max(100_000),
  /** Most rows that are answered; what lies behind them is cut off, and the run says so. */
  rows: z.int().min(1).max(1_000_000).default(100_000),
});
export type QueryRequest = z.infer<typeof QueryRequest>;

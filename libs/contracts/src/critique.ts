import * as z from 'zod';

/** How much a flaw takes from what a report claims. */
export const severities = ['fatal', 'serious', 'minor'] as const;
export const Severity = z.enum(severities);
export type Severity = z.infer<typeof Severity>;

/** A flaw of a run: what the report itself shows of it, and what to do. */
export const CriticFinding = z.object({
  /** The check that found it: `few-trades`. */
  id: z.string(),
  severity: Severity,
  title: z.string(),
  /** The figures of the report that show it. */
  evidence: z.string(),
  /** What to change, in the strategy or in the run. */
  suggestion: z.string(),
});
export type CriticFinding = z.infer<typeof CriticFinding>;

/** What `quarry critic --json` prints. */
export const Critique = z.object({
  schema: z.literal('quarry.critique/1'),
  strategyName: z.string(),
  /** How many checks looked at the report. */
  checks: z.int(),
  findings: z.array(CriticFinding),
});
export type Critique = z.infer<typeof Critique>;

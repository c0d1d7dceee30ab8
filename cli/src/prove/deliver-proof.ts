import process from 'node:process';
import type { ProofReport } from '@quarry/contracts';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { paint } from '../terminal/paint.js';
import { tellFailure } from '../terminal/tell-failure.js';
import { proofWords } from './proof-words.js';

/** Tells what a proof found; a strategy that looks ahead fails as a gate does. */
export function deliverProof(report: ProofReport, told: Parameters<typeof tellFailure>[1]): ExitCode {
  if (report.failure) return tellFailure(report.failure, told, report);
  const { strategy, flags, config } = told;
  const colours = paint(config.colour && process.stdout.isTTY);
  process.stdout.write(flags.json ? `${JSON.stringify(report)}\n` : proofWords(report, strategy, colours));
  return report.holds ? exitCodes.ok : exitCodes.gateFailed;
}

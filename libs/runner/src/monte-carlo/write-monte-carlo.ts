import { mkdir } from 'node:fs/promises';
import type { MonteCarloReport } from '@quarry/contracts';
import { written } from '../report/written.js';
import type { ArtifactFile } from '../runner.js';
import { monteCarloHtml } from './monte-carlo-html.js';

/** Writes report.json and report.html into the folder. */
export async function writeMonteCarlo(report: MonteCarloReport, directory: string): Promise<readonly ArtifactFile[]> {
  await mkdir(directory, { recursive: true });
  return written(directory, {
    'report.json': `${JSON.stringify(report, null, 2)}\n`,
    'report.html': await monteCarloHtml(report),
  });
}

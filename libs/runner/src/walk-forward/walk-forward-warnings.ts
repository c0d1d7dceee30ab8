import { figure, type WalkForwardReport } from '@quarry/contracts';

const halfLost = 0.5;
const unsteady = 0.5;
const fewFolds = 5;
const believable = 0.95;

/** What stands against believing the stitched account, in sentences. */
export function walkForwardWarnings(report: Omit<WalkForwardReport, 'warnings'>): string[] {
  const { folds, degradation, stability, stitched, objective } = report;
  const said: string[] = [];
  if (!(Number(stitched.probabilistic) >= believable)) {
    said.push(
      `Out of sample the Sharpe ratio is not surely above 0: PSR ${figure(stitched.probabilistic, 'ratio')}, below ${believable}.`,
    );
  }
  if (Number(degradation.efficiency) < halfLost) {
    said.push(
      `Less than half of the ${objective.label} in sample is left out of sample (efficiency ${figure(degradation.efficiency, 'fraction')}).`,
    );
  }
  for (const [name, value] of Object.entries(stability)) {
    if (Number(value) < unsteady) {
      said.push(`The best ${name} wanders from fold to fold (stability ${figure(value, 'ratio')} of 1).`);
    }
  }
  if (folds.length < fewFolds)
    said.push(`${folds.length} folds are few to judge by. Take shorter tests, or more data.`);
  const idle = folds.filter(({ params }) => params === null).length;
  if (idle > 0) said.push(`In ${idle} of ${folds.length} folds no trial had a value, and nothing was traded.`);
  const failed = folds.reduce((sum, fold) => sum + fold.failed, 0);
  if (failed > 0) said.push(`${failed} trials failed.`);
  return said;
}

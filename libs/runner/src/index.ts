export { readStrategyFolder } from './compile/read-strategy-folder.js';
export { createRunner } from './create-runner.js';
export { ingestFile, openDataset } from './datasets/index.js';
export {
  actionsInWords,
  costsInWords,
  failedReport,
  headline,
  metricGroups,
  pricesInWords,
  settingsInWords,
} from './report/index.js';
export type * from './runner.js';

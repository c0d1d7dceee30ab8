export { readStrategyFolder } from './compile/read-strategy-folder.js';
export { createRunner } from './create-runner.js';
export { ingestFile, openDataset } from './datasets/index.js';
export { failedReport, headline, metricGroups } from './report/index.js';
export type * from './runner.js';

export { readStrategyFolder } from './compile/read-strategy-folder.js';
export { createRunner } from './create-runner.js';
export { ingestFile, openDataset } from './datasets/index.js';
export { failedReport, headline, metricGroups } from './report/index.js';
export type * from './runner.js';
export type { BookedTrial, TrialBook } from './search/trial-book.js';
export { luckInWords, paramsText, searchInWords } from './sweep/sweep-in-words.js';
export type { SweepOutcome } from './sweep/sweep.js';

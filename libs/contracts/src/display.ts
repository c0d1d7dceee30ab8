// What results are shown by: figures, words and charts. It holds no schema, so that whoever only shows need not load any.
export * from './charts/index.js';
export * from './compare-reports.js';
export * from './figure.js';
export * from './to-json-number.js';
export * from './words/actions-in-words.js';
export * from './words/interval-text.js';
export * from './words/kind-words.js';
export * from './words/monte-carlo-in-words.js';
export * from './words/outcome-in-words.js';
export * from './words/run-in-words.js';
export * from './words/sweep-in-words.js';
export * from './words/waiting-in-words.js';

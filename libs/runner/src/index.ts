export type * from './runner.js';

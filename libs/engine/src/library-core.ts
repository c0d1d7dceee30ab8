import * as barSeries from './bar-series.js';
import { newColumn } from './new-column.js';
import { remembered } from './remembered.js';
import * as series from './series.js';

/**
 * What the library shares with the rest of the engine where both are scripts of their own: the classes that know each
 * other's private fields, and the memory that was made ready or is kept. All else it imports it may have twice.
 */
export const libraryCore = { ...series, ...barSeries, newColumn, remembered };

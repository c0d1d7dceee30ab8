export type { Bars, Interval, Zone } from './bars.js';
export type { ParamSpec, ParamSpecs, ParamValue } from './params.js';

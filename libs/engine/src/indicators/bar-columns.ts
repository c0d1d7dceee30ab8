/** The columns of bars that an indicator reads; each takes those it needs. */
export interface Prices extends HighLowClose {
  readonly open: Float64Array;
}

export interface HighLow {
  readonly high: Float64Array;
  readonly low: Float64Array;
}

export interface HighLowClose extends HighLow {
  readonly close: Float64Array;
}

export interface TradedPrices extends HighLowClose {
  readonly volume: Float64Array;
}

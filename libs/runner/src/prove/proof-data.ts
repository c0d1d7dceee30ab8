import { paceOf, withFutureNoise, type Bars, type Pace } from '@quarry/engine/host';
import type { SeriesFiles } from '../sandbox/sandbox.js';
import { alteredSeries } from './altered-series.js';

/** The bars of a proof and the variants of them that it runs over. Changed columns are written into a folder of its own. */
export class ProofData {
  readonly series: readonly SeriesFiles[];
  readonly bars: readonly Bars[];
  readonly pace: Pace;
  readonly #folder: string;
  #written = 0;

  constructor(series: readonly SeriesFiles[], bars: readonly Bars[], folder: string) {
    this.series = series;
    this.bars = bars;
    this.pace = paceOf(bars);
    this.#folder = folder;
  }

  /** The data as they stood when so many moments were known: symbols that had no bar yet are not there. */
  endingAfter(moments: number): SeriesFiles[] {
    return this.series
      .map((one, index) => ({ ...one, length: this.#knownOf(index, moments) }))
      .filter(({ length }) => length > 0);
  }

  /** The data without their first moments. */
  beginningAfter(moments: number): SeriesFiles[] {
    return this.series
      .map((one, index) => {
        const known = this.#knownOf(index, moments);
        return { ...one, first: one.first + known, length: one.length - known };
      })
      .filter(({ length }) => length > 0);
  }

  /** The data with noise in place of all that comes after so many moments. */
  noiseAfter(moments: number, seed: number): SeriesFiles[] {
    return this.changed((bars, index) => withFutureNoise(bars, this.#knownOf(index, moments), seed + index));
  }

  /** The data with each series changed. */
  changed(change: (bars: Bars, index: number) => Bars): SeriesFiles[] {
    return this.series.map((one, index) =>
      alteredSeries(this.#folder, String(this.#written++), one, change(this.bars[index]!, index)),
    );
  }

  /** How many bars of a series are known once so many moments are. */
  #knownOf(index: number, moments: number): number {
    const { knownAt, length } = this.bars[index]!;
    const last = moments === 0 ? -Infinity : this.pace.knownAt[moments - 1]!;
    let low = 0;
    let high = length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (knownAt[middle]! <= last) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

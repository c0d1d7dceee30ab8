import { drawBlock, stateOfIndex } from '../random.js';
import type { PathModel } from './path-model.js';

/** A draw is a signed 32-bit integer: this much below 0 at the least. */
const lowest = 2 ** 31;

/**
 * As many trades as there were, each drawn anew from all of them (Efron 1979): independence is the null.
 *
 * @param returns of trades on the account, in the order of their exits; 0.01 is 1 % won
 */
export function tradeBootstrap(returns: Float64Array): PathModel<'trade-bootstrap'> {
  const growth = growthOf(returns);
  const trades = growth.length;
  const perDraw = trades / 2 ** 32;
  return {
    method: 'trade-bootstrap',
    steps: trades,
    scale: 'level',
    start: () => {
      const state = new Int32Array(4);
      const raw = new Int32Array(trades);
      return (runSeed, index, path) => {
        drawBlock(stateOfIndex(runSeed, index, state), raw, trades);
        let level = 1;
        for (let i = 0; i < trades; i++) {
          level *= growth[((raw[i]! + lowest) * perDraw) | 0]!;
          path[i] = level;
        }
      };
    },
  };
}

/**
 * The same trades in another order, each order equally likely (Fisher and Yates; Durstenfeld 1964). It cannot change
 * where a path ends.
 */
export function tradeShuffle(returns: Float64Array): PathModel<'trade-shuffle'> {
  const growth = growthOf(returns);
  const trades = growth.length;
  return {
    method: 'trade-shuffle',
    steps: trades,
    scale: 'level',
    start: () => {
      const state = new Int32Array(4);
      const raw = new Int32Array(trades);
      const order = new Float64Array(trades);
      return (runSeed, index, path) => {
        drawBlock(stateOfIndex(runSeed, index, state), raw, trades);
        order.set(growth);
        let level = 1;
        for (let i = 0; i < trades; i++) {
          const other = i + (((raw[i]! + lowest) * ((trades - i) / 2 ** 32)) | 0);
          const drawn = order[other]!;
          order[other] = order[i]!;
          level *= drawn;
          path[i] = level;
        }
      };
    },
  };
}

/** 1 + return; an account that lost everything stays at 0. */
export function growthOf(returns: Float64Array): Float64Array {
  if (returns.length === 0) throw new RangeError('There are no returns to draw from.');
  return returns.map((r, i) => {
    if (!Number.isFinite(r)) throw new RangeError(`Return ${i} is ${r}; leave it out.`);
    return Math.max(0, 1 + r);
  });
}

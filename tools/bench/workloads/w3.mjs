import { gbmPaths, pathWork, runWhole, tradeBootstrap } from '../../../libs/engine/dist/host.js';
import * as baseline from '../baseline/paths.js';
import { median, peakMemory } from '../figures.mjs';

const paths = 10_000;
const seed = 1;
const stepsPerYear = 252;
const warmUps = 3;

/** W3a: 10,000 paths of geometric Brownian motion over 252 steps: five bands at every step, mean, deviation, VaR, CVaR. */
export async function w3a({ repeats }) {
  const model = { steps: stepsPerYear, drift: 0.08 / stepsPerYear, volatility: 0.2 / Math.sqrt(stepsPerYear) };
  const ours = () => runWhole(pathWork(gbmPaths(model), { paths, seed, withDrawdowns: false })).terminal.mean;
  const loop = () => baseline.w3a(paths, stepsPerYear, seed).mean / 100;
  return [{ workload: 'W3a', ...inTurns(ours, loop, repeats) }];
}

/** W3b: 10,000 resamples of 1,000 trades: where they end, their deepest and longest falls, ruin and goal. */
export async function w3b({ repeats }) {
  const returns = Float64Array.from({ length: 1000 }, (_, i) => 0.0005 + 0.01 * Math.sin(7.3 * i));
  const ours = () => runWhole(pathWork(tradeBootstrap(returns), { paths, seed, bandSteps: 0 })).terminal.quantiles[2];
  const loop = () => baseline.w3b(returns, paths, seed).end50;
  return [{ workload: 'W3b', ...inTurns(ours, loop, repeats) }];
}

/** Takes both in turns, and holds that they tell the same to a few per cent: other draws, same answer. */
function inTurns(ours, loop, repeats) {
  const figures = { ours: [], loop: [] };
  const time = (call, into, i) => {
    const from = performance.now();
    const value = call();
    if (i >= warmUps) into.push(performance.now() - from);
    return value;
  };
  for (let i = 0; i < warmUps + repeats; i++) {
    const theirs = time(loop, figures.loop, i);
    const told = time(ours, figures.ours, i);
    if (!(Math.abs(told / theirs - 1) < 0.03)) throw new Error(`We say ${told}, the loop ${theirs}.`);
    globalThis.gc?.();
  }
  return { ms: median(figures.ours), baselineMs: median(figures.loop), rssMb: peakMemory() };
}

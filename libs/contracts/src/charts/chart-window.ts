import type { ChartIndex } from '../report.js';

type Level = ChartIndex['levels'][number];
export type ChartChunk = Level['chunks'][number];

/** A stretch of base bars, both ends included. */
export interface BarWindow {
  readonly from: number;
  readonly to: number;
}

export interface WindowPlan {
  readonly factor: number;
  readonly chunks: readonly ChartChunk[];
}

/** The finest level that shows the window in at most `maxRows` rows, and its chunks that the window touches. */
export function planWindow(index: ChartIndex, window: BarWindow, maxRows: number): WindowPlan {
  const bars = window.to - window.from + 1;
  const finestFirst = index.levels.toSorted((a, b) => a.factor - b.factor);
  const level = finestFirst.find(({ factor }) => bars / factor <= maxRows) ?? finestFirst.at(-1);
  if (!level) return { factor: 1, chunks: [] };

  const touches = ({ firstRow, rows }: ChartChunk) =>
    firstRow * level.factor <= window.to && (firstRow + rows) * level.factor > window.from;
  return { factor: level.factor, chunks: level.chunks.filter(touches) };
}

/** Number of bars at full resolution. */
export function barCount(index: ChartIndex): number {
  return index.levels.find(({ factor }) => factor === 1)?.rows ?? 0;
}

/** The window moved and cut so that it lies within `count` bars and shows at least `least` of them. */
export function clampWindow({ from, to }: BarWindow, count: number, least = 20): BarWindow {
  const length = Math.min(Math.max(Math.round(to - from) + 1, least), count);
  const start = Math.max(0, Math.min(Math.round(from), count - length));
  return { from: start, to: start + length - 1 };
}

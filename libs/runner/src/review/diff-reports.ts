import { toJsonNumber, type Report, type RunDiff } from '@quarry/contracts';
import { runChanges } from './run-changes.js';
import { firstOf, tradeWords } from './trade-words.js';

/** Holds one run against another: what determines them, every figure, their trades. No rule is looked at yet. */
export function diffReports(base: Report, head: Report): Omit<RunDiff, 'broken'> {
  const first = firstOf(base.trades.map(tradeWords), head.trades.map(tradeWords));
  return {
    schema: 'quarry.diff/1',
    base: base.strategyName,
    head: head.strategyName,
    changes: base.manifest && head.manifest ? runChanges(base.manifest, head.manifest) : [],
    figures: head.metrics.map(({ id, label, unit, value }) => {
      const before = base.metrics.find((metric) => metric.id === id)?.value ?? 'NaN';
      const change = Number(value) - Number(before);
      const relative = change === 0 ? 0 : change / Math.abs(Number(before));
      return {
        id,
        label,
        unit,
        base: before,
        head: value,
        change: toJsonNumber(change),
        relative: toJsonNumber(relative),
      };
    }),
    sameOrders: base.orderListHash !== null && base.orderListHash === head.orderListHash,
    trades: {
      base: base.tradeCount,
      head: head.tradeCount,
      first: first && { index: first.index, base: first.a, head: first.b },
    },
    newWarnings: head.warnings.filter((warning) => !base.warnings.includes(warning)),
  };
}

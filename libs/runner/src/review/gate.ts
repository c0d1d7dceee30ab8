import { figure, type BrokenRule, type RunDiff } from '@quarry/contracts';

/** What a gate asks: that a figure does not change beyond a bound, or that something stays as it was. */
export type GateRule =
  | {
      readonly kind: 'figure';
      readonly text: string;
      readonly id: string;
      readonly sign: '<' | '>';
      readonly bound: number;
      readonly isRelative: boolean;
    }
  | { readonly kind: 'trades' | 'orders' | 'warnings' | 'lookahead'; readonly text: string };

const plain = ['trades', 'orders', 'warnings', 'lookahead'] as const;
const pattern = /^([A-Za-z]\w*)\s*([<>])\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(%?)$/;

/**
 * Reads the rules of a gate: `sharpe<-5%, maxDrawdown<-0.02, trades, lookahead`. A figure's rule names the change that
 * fails: with `%`, as a part of its size in base; without, in its own unit.
 * @throws RangeError where a rule cannot be read, or names a figure that there is not
 */
export function parseGate(text: string, ids: readonly string[]): GateRule[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => ruleOf(part, ids));
}

function ruleOf(text: string, ids: readonly string[]): GateRule {
  const kind = plain.find((word) => word === text);
  if (kind) return { kind, text };
  const match = pattern.exec(text);
  if (!match) throw new RangeError(`"${text}" is no rule. Write ${plain.join(', ')}, or a change like sharpe<-5%.`);
  const [, id = '', sign, bound, percent] = match;
  if (!ids.includes(id)) {
    throw new RangeError(`"${text}" names no figure of these reports. They have ${ids.slice(0, 12).join(', ')} …`);
  }
  const isRelative = percent === '%';
  return {
    kind: 'figure',
    text,
    id,
    sign: sign as '<' | '>',
    bound: Number(bound) / (isRelative ? 100 : 1),
    isRelative,
  };
}

/** The rules that a diff breaks. What a figure that is no longer defined does to its rule is break it. */
export function brokenRules(diff: Omit<RunDiff, 'broken'>, rules: readonly GateRule[]): BrokenRule[] {
  return rules.flatMap((rule) => {
    const message = faultOf(diff, rule);
    return message === null ? [] : [{ rule: rule.text, message }];
  });
}

function faultOf(diff: Omit<RunDiff, 'broken'>, rule: GateRule): string | null {
  switch (rule.kind) {
    case 'trades': {
      const { base, head, first } = diff.trades;
      if (first) return `trade ${first.index + 1} was ${first.base ?? 'none'} and is ${first.head ?? 'none'}`;
      return base === head ? null : `${base} trades became ${head}`;
    }
    case 'orders':
      return diff.sameOrders ? null : 'the list of orders is another';
    case 'warnings':
      return diff.newWarnings.length === 0 ? null : `it warns anew: ${diff.newWarnings.join(' ')}`;
    case 'lookahead':
      return null; // A proof is a run of its own: whoever has made one adds what it found.
    case 'figure':
      return figureFault(diff, rule);
  }
}

function figureFault(diff: Omit<RunDiff, 'broken'>, rule: Extract<GateRule, { kind: 'figure' }>): string | null {
  const found = diff.figures.find(({ id }) => id === rule.id)!;
  const { label, unit, base, head } = found;
  const words = `${label} went from ${figure(base, unit)} to ${figure(head, unit)}`;
  const change = Number(rule.isRelative ? found.relative : found.change);
  if (Number.isNaN(change)) return Object.is(Number(base), Number(head)) ? null : words;
  const breaks = rule.sign === '<' ? change < rule.bound : change > rule.bound;
  return breaks ? words : null;
}

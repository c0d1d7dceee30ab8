import { figure, type RunDiff } from '@quarry/contracts';

/** Figures that everybody asks for first; others are shown where they changed and a rule names them. */
const headline = [
  ...['totalReturn', 'cagr', 'sharpe', 'sortino', 'maxDrawdown', 'volatility', 'trades', 'winRate', 'profitFactor'],
  ...['timeInMarket', 'turnover', 'finalEquity'],
];

/** A diff as Markdown for a comment on a pull request: the verdict, a table of figures, what changed. */
export function diffMarkdown({
  base,
  head,
  changes,
  figures,
  sameOrders,
  trades,
  newWarnings,
  broken,
}: RunDiff): string {
  const named = broken.map(({ rule }) => /^\w+/.exec(rule)?.[0]);
  const shown = figures.filter(({ id }) => headline.includes(id) || named.includes(id));
  const lines = [
    `### ${cell(head)}: ${broken.length === 0 ? 'the gate holds' : `the gate fails (${broken.length})`}`,
    ...broken.map(({ rule, message }) => `- **${cell(rule)}**: ${cell(message)}`),
    '',
    `| Figure | ${base === head ? 'Base' : cell(base)} | ${base === head ? 'Head' : cell(head)} | Change |`,
    '| --- | ---: | ---: | ---: |',
    ...shown.map((row) => {
      const change = Number(row.change) === 0 ? '' : signed(row.change, row.unit);
      return `| ${cell(row.label)} | ${figure(row.base, row.unit)} | ${figure(row.head, row.unit)} | ${change} |`;
    }),
    '',
    sameOrders ? 'The orders are the same, to the last bit.' : ordersWords(trades),
  ];
  if (changes.length > 0) lines.push('', 'What determines the run has changed:');
  for (const { what, name, before, after } of changes) {
    lines.push(`- ${[what, name].filter(Boolean).join(' ')}: ${cell(before)} → ${cell(after)}`);
  }
  if (newWarnings.length > 0) lines.push('', 'New warnings:', ...newWarnings.map((text) => `- ${cell(text)}`));
  return `${lines.join('\n')}\n`;
}

function ordersWords({ base, head, first }: RunDiff['trades']): string {
  const counts = base === head ? `${head} trades in both` : `${base} trades became ${head}`;
  if (!first) return `The orders are not the same; ${counts}.`;
  const words = (text: string | null) => (text === null ? 'none' : `\`${cell(text)}\``);
  return `The orders are not the same; ${counts}. Trade ${first.index + 1} was ${words(first.base)} and is ${words(first.head)}.`;
}

function signed(value: RunDiff['figures'][number]['change'], unit: RunDiff['figures'][number]['unit']): string {
  const text = figure(value, unit);
  return Number(value) > 0 ? `+${text}` : text;
}

/** Text that stays within its cell and is nothing but text. */
function cell(text: string): string {
  return text.replace(/[\n\r]+/g, ' ').replace(/[\\|`<>*_[\]]/g, (mark) => `\\${mark}`);
}

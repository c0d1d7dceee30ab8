import { fixed, moment, type ProofFinding, type ProofReport, type ProofStart } from '@quarry/contracts';
import { placeWords, type StrategyOnDisk } from '../backtest/failure-words.js';
import { printable, type Paint } from '../terminal/paint.js';

/** A proof for a person: the leaks with their place in the code, what the columns tell, the warm-up, and what was not looked at. */
export function proofWords(report: ProofReport, strategy: StrategyOnDisk | null, paint: Paint): string {
  const { strategyName, bars, decisions, runs, cuts, findings, columns, blindSpots } = report;
  const verdict = report.holds
    ? paint.green(paint.bold('No look-ahead found'))
    : paint.red(paint.bold(`It looks ahead: ${findings.length} ${findings.length === 1 ? 'leak' : 'leaks'}`));
  const lines = [
    `${paint.bold(printable(strategyName))}  ${verdict}`,
    paint.faint(
      `${fixed(decisions, 0)} decisions over ${fixed(bars, 0)} bars; ${runs} runs, the future taken away at ${cuts.length} places`,
    ),
    ...findings.flatMap((finding) => ['', ...findingLines(finding, strategy, paint)]),
  ];
  const unused = columns.filter(({ verdict: found, isUsed }) => found !== 'clean' && isUsed === false);
  for (const { symbol, column, evidence } of unused) {
    lines.push(
      '',
      printable(`Column "${column}" of ${symbol} is not honest, but no decision hangs on it: ${evidence}.`),
    );
  }
  lines.push('', paint.bold('Warm-up'), ...warmUpLines(report.warmUp));
  lines.push('', paint.bold('What no re-run can see'), ...blindSpots.map((text) => `  ${text}`));
  return `${lines.join('\n')}\n`;
}

function findingLines(
  { message, cut, before, after, position }: ProofFinding,
  strategy: StrategyOnDisk | null,
  paint: Paint,
): string[] {
  const decided = (what: ProofFinding['before']) =>
    what
      ? printable(`${what.words}${what.symbol && ` (${what.symbol})`} at bar ${what.bar}, ${moment(what.time)}`)
      : 'nothing';
  const lines = [`${paint.red('Leak')}  ${printable(message)}${cut === null ? '' : ` (${moment(cut)})`}`];
  if (before ?? after) lines.push(`  as the data are  ${decided(before)}`, `  changed          ${decided(after)}`);
  return position === null ? lines : [...lines, placeWords(position, strategy, paint)];
}

function warmUpLines(starts: readonly ProofStart[]): string[] {
  return starts.map(({ skipped, from, exactAfter, kindAfter, decisions }) => {
    const begun = `  Begun ${fixed(skipped, 0)} bars later, on ${moment(from)},`;
    if (decisions === 0) return `${begun} it decides nothing, with all of the past as without.`;
    if (exactAfter === 0) return `${begun} it decides the same from the first bar on.`;
    if (exactAfter !== null) return `${begun} it decides the same after ${bars(exactAfter)}.`;
    if (kindAfter === 0) return `${begun} it does the same from the first bar on, in other amounts.`;
    if (kindAfter !== null) return `${begun} it does the same after ${bars(kindAfter)}, in other amounts.`;
    return `${begun} it never comes to the same decisions: its signals remember their start, or count bars from it.`;
  });
}

function bars(count: number): string {
  return count === 1 ? '1 bar' : `${fixed(count, 0)} bars`;
}

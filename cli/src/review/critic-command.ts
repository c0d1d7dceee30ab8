import process from 'node:process';
import { severities, type Critique, type Severity } from '@quarry/contracts';
import { criticise } from '@quarry/runner';
import type { Config } from '../config.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { choiceFlag } from '../flags/number.js';
import { paint, printable, type Paint } from '../terminal/paint.js';
import { UsageError } from '../usage-error.js';
import { readReport } from './read-report.js';

export interface CriticFlags {
  readonly failOn?: string;
  readonly json?: boolean;
}

/** `quarry critic`: what a sceptic finds in a report. With `--fail-on` a flaw so grave fails. */
export async function critic(path: string, flags: CriticFlags, config: Config): Promise<ExitCode> {
  const failOn = flags.failOn === undefined ? null : choiceFlag('--fail-on', flags.failOn, severities);
  const report = await readReport(path);
  if (report.failure) throw new UsageError(`The run of "${path}" failed: there are no figures to doubt.`);
  const critique = criticise(report);
  const colours = paint(config.colour && process.stdout.isTTY);
  process.stdout.write(flags.json ? `${JSON.stringify(critique)}\n` : critiqueWords(critique, colours));
  const isGrave = ({ severity }: { readonly severity: Severity }) =>
    failOn !== null && severities.indexOf(severity) <= severities.indexOf(failOn);
  return critique.findings.some(isGrave) ? exitCodes.gateFailed : exitCodes.ok;
}

function critiqueWords({ strategyName, checks, findings }: Critique, paint: Paint): string {
  const counted = severities
    .map((severity) => [findings.filter((finding) => finding.severity === severity).length, severity] as const)
    .filter(([count]) => count > 0)
    .map(([count, severity]) => `${count} ${severity}`);
  const verdict = counted.length > 0 ? counted.join(', ') : 'nothing found';
  const marks = { fatal: paint.red, serious: paint.yellow, minor: paint.faint } satisfies Record<Severity, unknown>;
  const lines = findings.flatMap(({ id, severity, title, evidence, suggestion }) => [
    '',
    `${marks[severity](severity.padEnd(8))} ${paint.bold(printable(title))}  ${paint.faint(id)}`,
    `         ${printable(evidence)}`,
    `         ${suggestion}`,
  ]);
  return `${[`${paint.bold(printable(strategyName))}  ${verdict}, of ${checks} checks`, ...lines].join('\n')}\n`;
}

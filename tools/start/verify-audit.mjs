import process from 'node:process';
import { verifyAudit } from '@quarry/platform/database';
import { colours } from '../build/progress.mjs';
import { onDatabase } from './on-database.mjs';

const heading = 'Audit log, by team: events, and the hash of the last one that holds.';
const advice =
  'Note the hashes elsewhere: given after "verify-audit", they show later whether a log was cut at its end.';

/** Prints whether each team's audit log holds. Ends with 1 where one does not. */
export async function printAuditVerdicts(config, known) {
  const wrong = known.find((hash) => !/^[0-9a-f]{64}$/.test(hash));
  if (wrong !== undefined) throw startError(`"${wrong}" is no hash of an event: 64 digits from 0 to f are.`);

  const { chains, missing } = await onDatabase(config, (ownerUrl) => verifyAudit(ownerUrl, known));
  const paint = colours(process.stdout);
  const lines = chains.map(({ team, teamId, events, head, brokenAt }) => {
    const name = (team ?? `${teamId}, deleted`).padEnd(24);
    if (brokenAt === null) return `  ${paint.green('✓')} ${name} ${String(events).padStart(8)}  ${head}`;
    return `  ${paint.red('✗')} ${name} event ${brokenAt} is missing or was changed; the ${events} before it hold.`;
  });
  for (const hash of missing)
    lines.push(`  ${paint.red('✗')} No event has the hash ${hash}: the log was cut or replaced.`);
  process.stdout.write(`\n  ${heading}\n\n${lines.join('\n')}\n\n  ${paint.dim(advice)}\n\n`);
  if (missing.length > 0 || chains.some(({ brokenAt }) => brokenAt !== null)) process.exitCode = 1;
}

function startError(message) {
  const error = new Error(message);
  error.name = 'StartError';
  return error;
}

import process from 'node:process';
import { exitCodes, type ExitCode } from './exit-codes.js';
import { OutOfReach } from './out-of-reach.js';
import { runProgram } from './program.js';
import { printable } from './terminal/paint.js';
import { UsageError } from './usage-error.js';

const interrupt = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => {
    if (interrupt.signal.aborted) process.exit(exitCodes.interrupted);
    interrupt.abort(new Error('Interrupted.'));
  });
}
// A reader that has seen enough, such as `head`, is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.ok);
  // A full disk behind `>`: there is no answer to give.
  process.stderr.write(`The answer cannot be written (${error.code ?? error.message}): stdout takes no more.\n`);
  process.exit(exitCodes.ourFault);
});

process.exitCode = await runProgram(process.argv.slice(2), interrupt.signal).catch(explain);

function explain(error: unknown): ExitCode {
  if (interrupt.signal.aborted) {
    process.stderr.write('Interrupted.\n');
    return exitCodes.interrupted;
  }
  const words = printable(error instanceof Error ? error.message : String(error));
  if (error instanceof UsageError) {
    process.stderr.write(`${words}\n`);
    return exitCodes.wrongUsage;
  }
  process.stderr.write(error instanceof OutOfReach ? `${words}\n` : `Quarry itself failed: ${words}\n`);
  return exitCodes.ourFault;
}

// Runs a built program for the supervisor and ends it when the supervisor is gone: a killed one leaves no orphans.
import process from 'node:process';
import { pathToFileURL } from 'node:url';

process.once('disconnect', () => {
  setTimeout(() => process.exit(1), 10_000).unref();
  process.kill(process.pid, 'SIGTERM');
});
process.channel?.unref();

await import(pathToFileURL(process.argv[2]).href);

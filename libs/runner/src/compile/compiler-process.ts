import { readFileSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import process from 'node:process';
import { bundleStrategy, type EngineExports } from './bundle.js';
import type { Compiled, CompileRequest, CompilerFiles } from './compiled.js';
import { TypeChecker } from './type-check.js';

// The compiler's own process: a source that makes it run for ever, or eat all memory, ends it and nothing else.

const files = JSON.parse(process.argv[2] ?? '{}') as CompilerFiles;
const checker = new TypeChecker(readFileSync(files.engineTypes, 'utf8'));
const engineExports = JSON.parse(readFileSync(files.engineExports, 'utf8')) as EngineExports;

async function compile({ source, marked }: CompileRequest): Promise<Compiled> {
  const diagnostics = checker.check(source);
  if (diagnostics.some(({ severity }) => severity === 'error')) return { diagnostics, script: null };
  const bundled = await bundleStrategy(source, engineExports, marked);
  if (Array.isArray(bundled)) return { diagnostics: [...diagnostics, ...bundled], script: null };
  return { diagnostics, script: bundled };
}

process.on('message', (request: CompileRequest) => {
  compile(request).then(
    (compiled) => process.send?.(compiled),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit(0));

// The first check of a process is three times as slow as the next: it parses the library. That is done before anyone waits.
checker.check({ entry: 'warm.ts', files: { 'warm.ts': 'export default 1;' } });
// This process is killed, not ended, so what its next start can use is written now.
flushCompileCache();

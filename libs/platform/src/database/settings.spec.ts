import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('../../../..', import.meta.url));

test('SAFETY bar 32: no source sets whose rows are seen for longer than a transaction', () => {
  const sources = ['libs/platform/src', 'api/src', 'workers/src'].flatMap((part) =>
    readdirSync(join(root, part), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
      .map((name) => join(root, part, name)),
  );
  const lasting = /\bSET\s+(SESSION\s+)?(app\.|ROLE\b(?!\s*=))|set_config\([^)]*false/i;
  expect(sources.length).toBeGreaterThan(50);
  expect(sources.filter((path) => lasting.test(readFileSync(path, 'utf8').replaceAll('SET LOCAL ROLE', '')))).toEqual(
    [],
  );
});

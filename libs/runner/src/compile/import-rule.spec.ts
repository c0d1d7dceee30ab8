import { describe, expect, test } from '@jest/globals';
import { resolveImport } from './import-rule.js';

const files = { 'main.ts': '', 'signals.ts': '', 'lib/deep.ts': '', 'lib/index.ts': '' };

describe('what an import leads to', () => {
  test.each([
    ['@quarry/engine', 'main.ts', 'engine'],
    ['./signals.js', 'main.ts', 'signals.ts'],
    ['./signals.ts', 'main.ts', 'signals.ts'],
    ['./signals', 'main.ts', 'signals.ts'],
    ['./lib/deep.js', 'main.ts', 'lib/deep.ts'],
    ['../signals.js', 'lib/deep.ts', 'signals.ts'],
    ['./../lib/./deep.js', 'main.ts', undefined],
    ['./lib/../signals.js', 'main.ts', 'signals.ts'],
    ['../main.ts', 'main.ts', undefined],
    ['@quarry/engine/host', 'main.ts', undefined],
    ['fs', 'main.ts', undefined],
    ['/etc/passwd', 'main.ts', undefined],
    ['signals.ts', 'main.ts', undefined],
    ['./constructor', 'main.ts', undefined],
    ['./__proto__', 'main.ts', undefined],
    ['', 'main.ts', undefined],
  ])('%s in %s', (specifier, importer, expected) => {
    const target = resolveImport(specifier, importer, files);
    expect(target.kind === 'file' ? target.path : target.kind).toBe(expected ?? 'refused');
  });
});

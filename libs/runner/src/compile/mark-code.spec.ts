import { describe, expect, test } from '@jest/globals';
import { transformSync } from 'esbuild';
import { markCode, ranName } from './mark-code.js';

/** Runs code with marks: what it put out, and of each line with marks whether all, some or none of them were passed. */
function run(source: string): { readonly out: unknown[]; readonly ran: Record<number, string> } {
  const { text, lines } = markCode(source);
  const passed = new Uint8Array(lines.length);
  const out: unknown[] = [];
  new Function(ranName, 'out', transformSync(text, { loader: 'ts', tsconfigRaw: {} }).code)(passed, out);
  const ran: Record<number, string> = {};
  for (const line of new Set(lines)) {
    const marks = [...passed].filter((_, i) => lines[i] === line);
    ran[line] = marks.every((one) => one === 1) ? 'all' : marks.includes(1) ? 'some' : 'none';
  }
  return { out, ran };
}

describe('marks tell', () => {
  test('which branches of an if ran, with braces or without', () => {
    const { ran } = run(
      'const x = 1;\nif (x > 0)\n  out.push(1);\nelse if (x < 0)\n  out.push(2);\nelse {\n  out.push(3);\n}',
    );
    expect(ran).toEqual({ 1: 'all', 2: 'all', 3: 'all', 4: 'none', 5: 'none', 7: 'none' });
  });

  test('that what stands behind a return was never come to', () => {
    const { ran } = run('function f(): number {\n  if (out.length === 0) return 1;\n  return 2;\n}\nf();');
    expect(ran).toEqual({ 2: 'all', 3: 'none', 5: 'all' });
  });

  test('a line of which only a part ran', () => {
    const { ran } = run(
      'let a = true;\nout.push(a ? 1 : 2);\nout.push(a || f());\nlet g = () => a;\nfunction f() { return 0; }',
    );
    expect(ran).toEqual({ 1: 'all', 2: 'some', 3: 'some', 4: 'some', 5: 'none' });
  });

  test('nothing of types, imports and declarations, which do nothing', () => {
    const { lines } = markCode(
      "import { sma } from '@quarry/engine';\ninterface A {\n  b: 1;\n}\ntype C = A extends object ? 1 : 2;\ndeclare const d: A;\nfunction e(): void {}\nexport default sma;",
    );
    expect(lines).toEqual([8]);
  });
});

test('code with marks does what it did', () => {
  const source = `
'use strict';
outer: for (let i = 0; i < 3; i++) for (const j of [1, 2, 3]) {
  if (j === 2) continue outer
  do out.push(i * j); while (false) out.push('x')
}
switch (out.length) { case 1: out.push('one'); break; default: out.push('more') }
const named = () => ({ name: 'object' })
out.push(named().name, named.name)
let nothing: number | undefined
out.push(nothing ?? 5, (nothing as unknown as string)?.length ?? 'none')
class Counter { n = 0; get next() { return this.n++ } static start = (() => 7)() }
const counter = new Counter(); counter.next
out.push(counter.next, Counter.start)
const chosen = out.length > 100 ? (x: number) => x : (x: number) => -x
out.push(chosen(1))
try { throw new Error('t') } catch { out.push('caught') } finally { out.push('at last') }
var i = 1
++i
out.push(i)
enum Side { Buy = 1 }
out.push(Side.Buy, \`\${i > 1 ? 'in a template' : ''}\`)`;
  const plain: unknown[] = [];
  new Function('out', transformSync(source, { loader: 'ts', tsconfigRaw: {} }).code)(plain);
  expect(run(source).out).toEqual(plain);
  expect(plain).toContain('at last');
});

test('lines stay where they were, and columns can be told again', () => {
  const { text, insertions } = markCode('const a = 1; out.push(a ? b : c);');
  expect(text.split('\n')).toHaveLength(1);
  expect(insertions.map(({ line, column }) => [line, column])).toEqual([
    [1, 1],
    [1, 14],
    [1, 27],
    [1, 28],
    [1, 31],
    [1, 32],
  ]);
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Arena } from './arena.js';
import { inInit } from './strategy-source.js';

/** Everything that a strategy finds in its global object. A Node that adds a name must be looked at before it is let in. */
const globals = [
  'AggregateError',
  'Array',
  'ArrayBuffer',
  'AsyncDisposableStack',
  'BigInt',
  'BigInt64Array',
  'BigUint64Array',
  'Boolean',
  'DataView',
  'Date',
  'DisposableStack',
  'Error',
  'EvalError',
  'Float16Array',
  'Float32Array',
  'Float64Array',
  'Function',
  'Infinity',
  'Int16Array',
  'Int32Array',
  'Int8Array',
  'Iterator',
  'JSON',
  'Map',
  'Math',
  'NaN',
  'Number',
  'Object',
  'Promise',
  'Proxy',
  'RangeError',
  'ReferenceError',
  'Reflect',
  'RegExp',
  'Set',
  'String',
  'SuppressedError',
  'Symbol',
  'SyntaxError',
  'TypeError',
  'URIError',
  'Uint16Array',
  'Uint32Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'WeakMap',
  'WeakSet',
  'console',
  'decodeURI',
  'decodeURIComponent',
  'encodeURI',
  'encodeURIComponent',
  'escape',
  'eval',
  'globalThis',
  'isFinite',
  'isNaN',
  'parseFloat',
  'parseInt',
  'undefined',
  'unescape',
];

let arena: Arena;
beforeAll(async () => {
  arena = await Arena.open({ wallMs: 5000, memoryMb: 256, resultBytes: 8_000_000 });
}, 60_000);
afterAll(() => arena.close());

test('SAFETY bar 5: the global object holds exactly the names of the list', async () => {
  const { log } = await arena.fight(inInit('console.log(Object.getOwnPropertyNames(globalThis).sort().join())'));
  expect(log[0]?.text.split(',')).toEqual(globals);
});

test('SAFETY bar 6: nothing that can be reached inside is of the isolate library', async () => {
  const { report, log } = await arena.fight(
    inInit(`
      const names = /^(applySync|apply(Ignored|SyncPromise)|derefInto|deref|copySync|copyInto|getSync|setSync|compileScript|createContext|evalClosure|runSync|__ivm_.*)$/;
      const seen = new Set(), found = [], waiting = [globalThis, t, q, (function* () {})(), (async () => {})(), (async function* () {})(), new Proxy({}, {})];
      const visit = (o) => { if (o !== null && (typeof o === 'object' || typeof o === 'function') && !seen.has(o)) { seen.add(o); waiting.push(o); } };
      while (waiting.length > 0) {
        const o = waiting.pop();
        visit(Object.getPrototypeOf(o));
        for (const key of Reflect.ownKeys(o)) {
          if (names.test(String(key))) found.push(String(key));
          const d = Object.getOwnPropertyDescriptor(o, key);
          visit(d.value); visit(d.get); visit(d.set);
          if (d.get) { try { visit(d.get.call(o)); } catch {} }
        }
      }
      console.log(seen.size > 500, found.join());
    `),
  );
  expect(report.failure).toBeNull();
  expect(log[0]?.text).toBe('true ');
});

describe('SAFETY bar 6: the sources', () => {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
    .map((name) => [name, readFileSync(join(root, name), 'utf8')] as const);

  test.each([
    'new ivm.Reference',
    'new library.Reference',
    'cachedData',
    'createSnapshot',
    'new this.#library.Reference',
  ])('never say %s', (text) => {
    expect(sources.length).toBeGreaterThan(20);
    expect(sources.filter(([, source]) => source.includes(text)).map(([name]) => name)).toEqual([]);
  });
});

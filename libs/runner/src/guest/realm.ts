/** Globals that would let a strategy share memory, see the collector work, run machine code, or depend on the locale. */
const removed = [
  'Atomics',
  'FinalizationRegistry',
  'Intl',
  'SharedArrayBuffer',
  'WeakRef',
  'WebAssembly',
  'console',
] as const;

/** Methods that take memory which the isolate's limit does not count. */
const uncounted = ['resize', 'transfer', 'transferToFixedLength'] as const;

const stackFrames = 30;

/** Takes away what a strategy must not have. Called once, before anything of the user's is loaded. */
export function removeDangerousGlobals(): void {
  for (const name of removed) Reflect.deleteProperty(globalThis, name);
  for (const name of uncounted) Reflect.deleteProperty(ArrayBuffer.prototype, name);
}

/**
 * Fixes what the engine itself relies on, so that a strategy cannot put its own functions in their place: the global
 * names, the number and array builtins, and how a stack is written. Everything else stays as the language has it:
 * freezing `Object.prototype` or `Error.prototype` would break honest classes that assign `name` or `toString`.
 */
export function lockBuiltins(): void {
  const typedArray = Object.getPrototypeOf(Float64Array) as { readonly prototype: object };
  const typedArrays = [
    Float64Array,
    Float32Array,
    Int32Array,
    Uint32Array,
    Int16Array,
    Uint16Array,
    Int8Array,
    Uint8Array,
  ];
  const holders: object[] = [typedArray, typedArray.prototype, Array, Array.prototype, Math, Number, Reflect, Object];
  for (const kind of [...typedArrays, ArrayBuffer, DataView, Map, Set, WeakMap]) holders.push(kind, kind.prototype);
  const arrayIterator = Object.getPrototypeOf([][Symbol.iterator]()) as object;
  holders.push(arrayIterator, Object.getPrototypeOf(arrayIterator) as object);

  Object.defineProperty(Error, 'prepareStackTrace', { value: undefined, writable: false, configurable: false });
  Object.defineProperty(Error, 'stackTraceLimit', { value: stackFrames, writable: false, configurable: false });
  for (const holder of holders) Object.freeze(holder);
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    const property = Object.getOwnPropertyDescriptor(globalThis, name);
    if (property?.configurable) Object.defineProperty(globalThis, name, { writable: false, configurable: false });
  }
}

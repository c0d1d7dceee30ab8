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
 * names, the number and array builtins, how functions are called and how a stack is written. Nothing can be added to
 * the other prototypes either, which would let a setter see what passes inside the engine. What they have can still be
 * assigned on an object of one's own: honest classes set `name` or `toString`.
 */
export function lockBuiltins(): void {
  const arrayIterator = Object.getPrototypeOf([][Symbol.iterator]()) as object;
  const mapIterator = Object.getPrototypeOf(new Map().entries()) as object;
  const setIterator = Object.getPrototypeOf(new Set().values()) as object;
  const typedArray = Object.getPrototypeOf(Float64Array) as { readonly prototype: object };
  const frozen: object[] = [Array, Map, Set, WeakMap, ArrayBuffer, DataView, typedArray, ...typedArrays].flatMap(
    (kind) => [kind, (kind as { readonly prototype: object }).prototype],
  );
  frozen.push(
    Math,
    Number,
    Object,
    Reflect,
    JSON,
    arrayIterator,
    mapIterator,
    setIterator,
    Object.getPrototypeOf(arrayIterator) as object,
  );
  for (const holder of frozen) Object.freeze(holder);

  for (const kind of [
    Object,
    Function,
    Error,
    RangeError,
    TypeError,
    String,
    Number,
    Boolean,
    Symbol,
    BigInt,
    RegExp,
    Promise,
  ]) {
    void Object.preventExtensions(kind.prototype);
  }
  for (const name of ['call', 'apply', 'bind', Symbol.hasInstance] as const) fix(Function.prototype, name);
  fix(String.prototype, 'charCodeAt');
  fix(RegExp.prototype, 'exec');
  Object.defineProperty(Error, 'prepareStackTrace', { value: undefined, writable: false, configurable: false });
  Object.defineProperty(Error, 'stackTraceLimit', { value: stackFrames, writable: false, configurable: false });
  for (const name of Object.getOwnPropertyNames(globalThis)) fix(globalThis, name);
}

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

function fix(holder: object, name: string | symbol): void {
  if (Object.getOwnPropertyDescriptor(holder, name)?.configurable) {
    Object.defineProperty(holder, name, { writable: false, configurable: false });
  }
}

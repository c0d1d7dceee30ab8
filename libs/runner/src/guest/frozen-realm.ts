/** Properties that an honest class or object gives itself by assignment, though a prototype above has them too. */
const oftenOwned: readonly (readonly [holder: object, names: readonly string[]])[] = [
  [Object.prototype, ['constructor', 'toString', 'toLocaleString', 'valueOf', 'hasOwnProperty']],
  [Function.prototype, ['constructor', 'toString']],
  ...[Error, AggregateError, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError].map(
    (kind) => [kind.prototype as object, ['constructor', 'name', 'message', 'toString']] as const,
  ),
];

/** What no name leads to, but a piece of syntax or a call does. */
function hidden(): object[] {
  const typedArray = Object.getPrototypeOf(Float64Array) as object;
  const iterate = (Reflect.get(globalThis, 'Iterator') as { from?: (given: object) => object } | undefined)?.from;
  const wrapped = iterate?.({ next: () => ({ done: true }) });
  const helped = wrapped && (Reflect.get(wrapped, 'map') as ((fn: () => number) => object) | undefined);
  return [
    typedArray,
    new Error(),
    function* () {},
    async () => {},
    async function* () {},
    [][Symbol.iterator](),
    ''[Symbol.iterator](),
    ''.matchAll(/./g),
    new Map()[Symbol.iterator](),
    new Set()[Symbol.iterator](),
    ...(wrapped ? [wrapped] : []),
    ...(wrapped && helped ? [helped.call(wrapped, () => 0)] : []),
    Object.getOwnPropertyDescriptor(strictArguments(), 'callee')!.get!,
  ];
}

/**
 * Makes everything immutable that one run could leave something on for another to find: the global object, the builtins
 * and what is hidden behind them, and the given objects of the engine, with all that can be reached from them. What a
 * strategy makes itself stays as it is. To be called once, after the realm's builtins were locked, before any strategy.
 */
export function freezeRealm(given: readonly object[]): void {
  const kept = oftenOwned.flatMap(([holder, names]) => names.map((name) => letOwn(holder, name)));
  // RegExp.$1 and the like remember the last match of whoever matched.
  for (const key of Reflect.ownKeys(RegExp)) {
    if (typeof key === 'string' && !/^(length|name|prototype|escape)$/.test(key)) Reflect.deleteProperty(RegExp, key);
  }
  const seen = new Set<object>();
  const waiting: unknown[] = [globalThis, ...kept, ...hidden(), ...given];
  while (waiting.length > 0) {
    const one = waiting.pop();
    if ((typeof one !== 'object' && typeof one !== 'function') || one === null || seen.has(one)) continue;
    seen.add(one);
    waiting.push(Object.getPrototypeOf(one));
    for (const key of Reflect.ownKeys(one)) {
      const { value, get, set } = Object.getOwnPropertyDescriptor(one, key)!;
      waiting.push(value, get, set);
    }
  }
  for (const one of seen) Object.freeze(one);
}

/** Keeps a property of a prototype as it is, yet lets objects below have one of their own by assignment. Answers its value. */
function letOwn(holder: object, name: string): unknown {
  const known = Object.getOwnPropertyDescriptor(holder, name);
  if (!known?.configurable || !('value' in known)) return null;
  const value: unknown = known.value;
  Object.defineProperty(holder, name, {
    get: () => value,
    set(this: object, own: unknown) {
      if (this === holder) throw new TypeError(`Cannot assign to read only property '${name}' of a builtin prototype.`);
      Object.defineProperty(this, name, { value: own, writable: true, enumerable: true, configurable: true });
    },
    enumerable: known.enumerable === true,
    configurable: false,
  });
  return value;
}

function strictArguments(): object {
  return (function (..._given: unknown[]) {
    // eslint-disable-next-line prefer-rest-params -- the object itself is wanted, not what was given
    return arguments;
  })();
}

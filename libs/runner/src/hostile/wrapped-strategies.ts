import { hostileBlocks, placed, type HostileStrategy } from './corpus.js';

const groups = ['endless', 'escape', 'forged', 'memory', 'native', 'results'];

/** Ways in which the code of a block can come to run, within the place that it has in the strategy. */
const wrappers: readonly (readonly [string, (code: string) => string])[] = [
  ['as it is', (code) => code],
  ['in a function', (code) => `(() => {\n${code}\n})();`],
  ['in a try', (code) => `try {\n${code}\n} finally { void 0; }`],
  ['after a promise', (code) => `Promise.resolve().then(() => {\n${code}\n});`],
  ['in an async function', (code) => `(async () => { await null;\n${code}\n})();`],
  ['in a getter', (code) => `void ({ get x() {\n${code}\n} }).x;`],
  ['in valueOf', (code) => `void +{ valueOf() {\n${code}\n;return 1; } };`],
  ['in toJSON', (code) => `JSON.stringify({ toJSON() {\n${code}\n} });`],
  ['in a proxy', (code) => `void new Proxy({}, { get() {\n${code}\n} }).x;`],
  ['in a sort', (code) => `[2, 1].sort(() => {\n${code}\n;return 0; });`],
  ['in a generator', (code) => `[...(function* () {\n${code}\n})()];`],
  ['in a constructor', (code) => `new (class { constructor() {\n${code}\n} })();`],
];

/**
 * So many blocks of all classes, evenly spread over them, each wrapped in every way, or, where `once`, each in another one.
 * Their runs may end in other ways than the blocks' own do: what a promise throws ends nothing, and what a wrapper may not
 * hold does not compile.
 */
export function wrappedStrategies(blocks: number, { once = false } = {}): Pick<HostileStrategy, 'name' | 'source'>[] {
  const all = groups.flatMap((group) => hostileBlocks(group)).filter(({ place }) => place !== 'module');
  return Array.from({ length: blocks }, (_, nth) => nth).flatMap((nth) => {
    const { name, place, code } = all[Math.floor((nth * all.length) / blocks)]!;
    const chosen = once ? [wrappers[nth % wrappers.length]!] : wrappers;
    return chosen.map(([how, wrap]) => ({ name: `${name}, ${how}`, source: placed(wrap(code), place) }));
  });
}

import { canonicalJson, type Manifest, type RunChange } from '@quarry/contracts';

const costKeys = ['commission', 'spread', 'slippage', 'borrow', 'interest', 'funding'];

/** What determines two runs differently, from their manifests. Empty where they must give the same orders. */
export function runChanges(before: Manifest, after: Manifest): RunChange[] {
  const changes: RunChange[] = [];
  const compare = (what: RunChange['what'], name: string, a: unknown, b: unknown): void => {
    const [was, is] = [words(a), words(b)];
    if (was !== is) changes.push({ what, name, before: was, after: is });
  };
  compare('strategy', '', short(before.strategy), short(after.strategy));
  const series = Math.max(before.data.length, after.data.length);
  for (let i = 0; i < series; i++) {
    const [a, b] = [before.data[i], after.data[i]];
    compare('data', 'version', a && `${a.dataset} ${short(a.version)}`, b && `${b.dataset} ${short(b.version)}`);
    compare('data', 'symbols', a?.symbols.join(', '), b?.symbols.join(', '));
    compare('data', 'interval', a?.interval, b?.interval);
    compare('data', 'from', a?.from, b?.from);
    compare('data', 'to', a?.to, b?.to);
  }
  compare('engine', '', short(before.engine), short(after.engine));
  compare('node', '', before.node, after.node);
  for (const name of namesOf(before.params, after.params)) {
    compare('parameters', name, before.params[name], after.params[name]);
  }
  const [was, is] = [before.settings, after.settings] as unknown as Readonly<Record<string, unknown>>[];
  for (const name of namesOf(was!, is!)) {
    const what = name === 'seed' ? 'seed' : costKeys.includes(name) ? 'costs' : 'settings';
    compare(what, name === 'seed' ? '' : name, was![name], is![name]);
  }
  compare('metrics', 'profile', before.profile, after.profile);
  compare('metrics', 'benchmark', before.benchmark, after.benchmark);
  return changes;
}

function namesOf(a: object, b: object): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
}

function short(hash: string): string {
  return hash.slice(0, 12);
}

function words(value: unknown): string {
  if (value === undefined) return 'none';
  return typeof value === 'string' ? value : canonicalJson(value);
}

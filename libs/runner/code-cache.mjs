// Run by build.mjs under a child's V8 flags, which are part of what V8 holds a cache to:
//   node <flags> code-cache.mjs isolated-vm.node guest.js library.js
// writes beside each script what V8 has compiled of it once runs were made ready, so that no child compiles it again.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import process from 'node:process';

const bars = 2_000;
const rounds = 2;
const minute = 60_000_000;

/** Bars of a wave: the warm-up goes through the same functions whatever the prices. */
function wave() {
  const column = (name, value) => [name, Float64Array.from({ length: bars }, (_, i) => value(i)).buffer];
  const price = (name, shift) => column(name, (i) => 100 + 10 * Math.sin(i / 9) + shift);
  const prices = [price('open', 0), price('high', 1), price('low', -1), price('close', 0.5)];
  const times = [column('time', (i) => i * minute), column('knownAt', (i) => (i + 1) * minute)];
  return {
    ...{ symbol: 'WAVE', interval: '1m', prices: 'as-stored', length: bars },
    zone: { name: 'UTC', from: [-Infinity], offsetMinutes: [0] },
    columns: [...times, ...prices, column('volume', () => 1000)],
  };
}

const [addon, guestFile, libraryFile] = process.argv.slice(2);
const loaded = { exports: {} };
process.dlopen(loaded, addon);
const { ExternalCopy, Isolate } = loaded.exports.ivm;

const isolate = new Isolate();
const context = isolate.createContextSync();
const sources = [guestFile, libraryFile].map((file) => readFileSync(file, 'utf8'));
const [door, library] = sources.map((text) => isolate.compileScriptSync(text).runSync(context, { reference: true }));
const call = (name, argument) => door.getSync(name, { reference: true }).applySync(undefined, [argument]);
call('extend', library.derefInto());
call('open', new ExternalCopy([wave()]).copyInto());
call('warm', rounds);

[guestFile, libraryFile].forEach((file, index) => {
  // V8 knows the text again, and all that it has compiled of it meanwhile.
  const { cachedData } = isolate.compileScriptSync(sources[index], { produceCachedData: true });
  const beside = `${file}.cache.${process.pid}`;
  writeFileSync(beside, new Uint8Array(cachedData.copy()));
  renameSync(beside, `${file}.cache`);
});

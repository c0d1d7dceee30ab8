import type { TextSource } from './text-source.js';

const sampleBytes = 256 * 1024;

/** A file's first bytes as UTF-8, whether they are all there is, and its encoding. */
export async function sampleText(
  source: TextSource,
): Promise<{ bytes: Uint8Array; complete: boolean; encoding: string }> {
  const { encoding, chunks } = await source.open();
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    parts.push(chunk);
    length += chunk.length;
    if (length >= sampleBytes) break;
  }
  return { bytes: Buffer.concat(parts).subarray(0, sampleBytes), complete: length < sampleBytes, encoding };
}

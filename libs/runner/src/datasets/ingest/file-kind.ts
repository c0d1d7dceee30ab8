import { open } from 'node:fs/promises';
import { DataRefused } from '../data-refused.js';

export type FileKind = 'text' | 'gzip' | 'zstd' | 'zip' | 'parquet' | 'arrow';

/** First bytes of kinds that are not read, with what to do instead. */
const unreadable: readonly (readonly [string, string])[] = [
  ['425a68', 'is compressed with bzip2. Unpack it, or pack it with gzip or zip.'],
  ['fd377a585a00', 'is compressed with xz. Unpack it, or pack it with gzip or zip.'],
  ['377abcaf271c', 'is a 7z archive. Unpack it, or pack it with zip.'],
  ['25504446', 'is a PDF document. Save the table as CSV.'],
  ['d0cf11e0a1b11ae1', 'is an old Excel workbook. Save the sheet as CSV.'],
  ['53514c69746520666f726d6174', 'is an SQLite database. Export the table as CSV.'],
  ['46454131', 'is a Feather file of version 1. Write it as version 2, or as Parquet or CSV.'],
  ['894844460d0a1a0a', 'is an HDF5 file. Save the table as Parquet or CSV.'],
];

/** Tells a file's kind by its first bytes; its name counts for nothing. Throws DataRefused for one that is not read. */
export async function fileKind(path: string, name: string): Promise<FileKind> {
  const head = await headOf(path, 16);
  if (head.length === 0) throw new DataRefused(`${name} is empty (0 bytes).`);
  const hex = head.toString('hex');
  if (hex.startsWith('1f8b')) return 'gzip';
  if (hex.startsWith('28b52ffd')) return 'zstd';
  if (hex.startsWith('504b0304') || hex.startsWith('504b0506')) return 'zip';
  if (hex.startsWith('50415231')) return 'parquet';
  // `ARROW1` begins a file; a stream begins with the mark of a message.
  if (hex.startsWith('4152524f5731') || hex.startsWith('ffffffff')) return 'arrow';
  refuseUnreadable(head, name);
  return 'text';
}

export function refuseUnreadable(head: Buffer, name: string): void {
  const hex = head.toString('hex', 0, 16);
  const known = unreadable.find(([magic]) => hex.startsWith(magic));
  if (known) throw new DataRefused(`${name} ${known[1]}`);
  const start = head.toString('latin1', 0, 16).trimStart().toLowerCase();
  if (/^(<!doctype|<html|<\?xml)/.test(start)) {
    throw new DataRefused(`${name} is a web page or XML, not a table. Download the data itself as CSV.`);
  }
  if (/^[[{]/.test(start)) throw new DataRefused(`${name} looks like JSON, not a table. Save it as CSV or Parquet.`);
}

async function headOf(path: string, length: number): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

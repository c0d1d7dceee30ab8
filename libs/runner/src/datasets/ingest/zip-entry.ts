import type { Readable } from 'node:stream';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { DataRefused } from '../data-refused.js';

const mostEntries = 1000;

/** Finds the one table in a zip. Folders and what macOS adds do not count; several tables are refused by name. */
export async function onlyEntry(path: string, name: string): Promise<string> {
  const zip = await openZip(path, name);
  const entries: Entry[] = [];
  await walk(zip, name, (entry) => {
    const { fileName } = entry;
    if (!fileName.endsWith('/') && !/(^|\/)(__MACOSX\/|\.)/.test(fileName)) entries.push(entry);
    if (entries.length > mostEntries)
      throw new DataRefused(`${name} holds more than ${mostEntries} files. Zip one table.`);
    return true;
  });
  const names = entries.map((entry) => entry.fileName);
  if (names.includes('[Content_Types].xml'))
    throw new DataRefused(`${name} is an Excel workbook. Save the sheet as CSV.`);
  const [only, ...others] = names;
  if (only === undefined) throw new DataRefused(`${name} is a zip with no file in it.`);
  if (others.length > 0) {
    const listed = names.slice(0, 5).join(', ') + (names.length > 5 ? ' …' : '');
    throw new DataRefused(`${name} holds ${names.length} files (${listed}). Zip one table, or unpack it and name one.`);
  }
  if (isLink(entries[0]!)) throw new DataRefused(`${name} holds ${only}, which is a link. Zip the table itself.`);
  if (entries[0]!.isEncrypted()) throw new DataRefused(`${name} is encrypted. Unpack it first.`);
  return only;
}

/** By the mode that Unix keeps beside an entry. */
function isLink({ externalFileAttributes }: Entry): boolean {
  return ((externalFileAttributes >>> 16) & 0o170000) === 0o120000;
}

/** The unpacked bytes of one entry. */
export async function entryStream(path: string, name: string, entryName: string): Promise<Readable> {
  const zip = await openZip(path, name);
  let found: Entry | null = null;
  await walk(zip, name, (entry) => {
    if (entry.fileName === entryName) found = entry;
    return found === null;
  });
  const entry = found;
  if (!entry) throw new DataRefused(`${name} changed while it was read.`);
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error) reject(damaged(name, error));
      else {
        stream.on('close', () => zip.close());
        resolve(stream);
      }
    });
  });
}

function openZip(path: string, name: string): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    yauzl.open(path, { lazyEntries: true, autoClose: false }, (error, zip) => {
      if (error) reject(damaged(name, error));
      else resolve(zip);
    });
  });
}

/** Visits entries until `visit` answers false. */
function walk(zip: ZipFile, name: string, visit: (entry: Entry) => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    zip.on('entry', (entry: Entry) => {
      try {
        if (visit(entry)) zip.readEntry();
        else resolve();
      } catch (error) {
        reject(error as Error);
      }
    });
    zip.on('end', resolve);
    zip.on('error', (error: Error) => reject(damaged(name, error)));
    zip.readEntry();
  });
}

export function damaged(name: string, error: Error): DataRefused {
  const outside = /^(?:invalid relative path|absolute path): (.*)$/s.exec(error.message)?.[1];
  if (outside !== undefined) {
    return new DataRefused(
      `${name} holds ${outside.slice(0, 100)}, a name that leaves the folder it is unpacked to. Zip the table under a plain name.`,
    );
  }
  return new DataRefused(
    `${name} cannot be unpacked: ${error.message.replace(/\.+$/, '')}. It is cut short or damaged; fetch it again.`,
  );
}

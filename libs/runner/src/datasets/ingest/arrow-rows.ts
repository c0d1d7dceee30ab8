import { open } from 'node:fs/promises';
import { zstdDecompressSync } from 'node:zlib';
import { compressionRegistry, CompressionType, RecordBatchReader, type RecordBatch } from 'apache-arrow';
import type { IngestOptions } from '@quarry/contracts';
import { DataRefused } from '../data-refused.js';
import { arrowTime, holdsNumbers, numberCells, textCells, timeCells } from './arrow-column.js';
import { ColumnRows, type TimeColumn } from './column-rows.js';
import { columnsReading } from './file-reading.js';
import { layoutFromHeader } from './header-layout.js';
import type { Layout } from './layout.js';
import { unpackLz4 } from './lz4-frame.js';
import type { RowTable } from './row-table.js';
import { symbolFromFileName } from './symbol-name.js';

const previewRows = 10;
const mostBytes = 2 ** 30;

compressionRegistry.set(CompressionType.LZ4_FRAME, { decode: unpackLz4 });
compressionRegistry.set(CompressionType.ZSTD, {
  // Arrow lays numbers over the bytes, which must begin where numbers may.
  decode: (packed) => Uint8Array.from(zstdDecompressSync(packed, { maxOutputLength: mostBytes })),
});

/** Reads an Arrow file (IPC, also called Feather) or stream, a record batch at a time. */
export async function readArrowRows(path: string, options: IngestOptions, fileName: string): Promise<RowTable> {
  const file = await open(path);
  try {
    return await readBatches(await RecordBatchReader.from(file), options, fileName);
  } catch (error) {
    if (error instanceof DataRefused || (error as NodeJS.ErrnoException).syscall !== undefined) throw error;
    const said = String((error as Error).message)
      .split('\n')[0]!
      .slice(0, 200);
    throw new DataRefused(
      `${fileName} cannot be read as Arrow (${said}). It may be damaged, or hold what Quarry does not read: write it as Parquet or CSV.`,
    );
  } finally {
    await file.close().catch(() => undefined);
  }
}

async function readBatches(
  batches: AsyncIterable<RecordBatch> | Iterable<RecordBatch>,
  options: IngestOptions,
  fileName: string,
): Promise<RowTable> {
  let reading: ArrowReading | null = null;
  for await (const batch of batches) {
    if (batch.numRows === 0) continue;
    reading ??= new ArrowReading(batch, options, fileName);
    reading.take(batch);
  }
  if (!reading) throw new DataRefused(`${fileName} has no row of data.`);
  return reading.table();
}

/** The first batch tells how all are read. */
class ArrowReading {
  readonly #layout: Layout;
  readonly #times: TimeColumn;
  readonly #rows: ColumnRows;
  readonly #symbol: string;
  readonly #header: string[];
  readonly #preview: string[][];
  readonly #dropped: string[];

  constructor(first: RecordBatch, options: IngestOptions, fileName: string) {
    const { fields } = first.schema;
    this.#header = fields.map(({ name }) => name);
    const stated = layoutFromHeader(this.#header, options.columns, fileName);
    const isNumber = (place: number) => holdsNumbers(fields[place]!.type);
    const words = stated.required.find(({ place }) => !isNumber(place));
    if (words) {
      throw new DataRefused(
        `Column ${words.title} of ${fileName} should hold numbers, but is of the type ${String(fields[words.place]!.type)}. Store it as numbers.`,
      );
    }
    this.#layout = { ...stated, optional: stated.optional.filter(({ place }) => isNumber(place)) };
    this.#dropped = stated.optional.filter(({ place }) => !isNumber(place)).map(({ title }) => title);
    const { time } = stated;
    this.#times = arrowTime(first.getChildAt(time)!, fields[time]!.name, options, fileName);
    this.#rows = new ColumnRows(this.#layout, this.#times);
    this.#symbol = options.symbol ?? symbolFromFileName(fileName);
    const cells = fields.map((_, place) => textCells(first.getChildAt(place)!));
    this.#preview = Array.from({ length: Math.min(previewRows, first.numRows) }, (_, row) =>
      cells.map((cell) => cell(row)),
    );
  }

  take(batch: RecordBatch): void {
    const { time, symbol, required, optional } = this.#layout;
    this.#rows.take({
      rows: batch.numRows,
      time: timeCells(batch.getChildAt(time)!),
      symbol: symbol === null ? () => this.#symbol : textCells(batch.getChildAt(symbol)!),
      numbers: [...required, ...optional].map(({ place }) => numberCells(batch.getChildAt(place)!)),
    });
  }

  table(): RowTable {
    const { note, isUtc } = this.#times;
    return {
      layout: this.#layout,
      reading: columnsReading('arrow', this.#header, this.#preview, this.#layout),
      ...this.#rows.table(),
      statedZone: isUtc ? 'UTC' : null,
      notes: [
        ...this.#layout.notes,
        ...(note ? [note] : []),
        ...(this.#dropped.length > 0 ? [`Left out, since not numbers: ${this.#dropped.join(', ')}.`] : []),
      ],
    };
  }
}

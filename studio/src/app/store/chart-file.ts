import { barCount, clampWindow, groupCandles, planWindow } from '@quarry/contracts';
import type { BarWindow, CandleColumns, ChartChunk, ChartIndex } from '@quarry/contracts';
import { artifactPath } from '../api/quarry-api';
import { RequestRefused } from '../api/request';

type Name = 'time' | 'open' | 'high' | 'low' | 'close';
type Columns = Readonly<Record<Name, Float64Array>>;

/** Candles asked of the server per view; then thinned to what a screen can show. */
const rowsAsked = 6_400;
const rowsShown = 720;

/** A run's bars for drawing: reads only the levels and chunks that a view needs, by byte range, and keeps them. */
export class ChartFile {
  private readonly chunks = new Map<number, Promise<Columns>>();
  readonly count: number;

  constructor(
    private readonly runId: string,
    private readonly index: ChartIndex,
  ) {
    this.count = barCount(index);
  }

  /** The window's candles and a little beyond both ends, so that moving shows no gap at once. */
  async candles(window: BarWindow): Promise<CandleColumns> {
    const margin = (window.to - window.from + 1) / 4;
    const wide = clampWindow({ from: window.from - margin, to: window.to + margin }, this.count);
    const { factor, chunks } = planWindow(this.index, wide, rowsAsked);
    const parts = await Promise.all(chunks.map((chunk) => this.rows(chunk, factor, wide)));
    const rows = joined(factor, parts);
    return groupCandles(rows, Math.ceil((rows.bar.length * 2) / 3 / rowsShown));
  }

  overview(): Promise<CandleColumns> {
    return this.candles({ from: 0, to: this.count - 1 });
  }

  private async rows(chunk: ChartChunk, factor: number, { from, to }: BarWindow): Promise<CandleColumns> {
    const columns = await this.read(chunk);
    const first = Math.max(0, Math.floor(from / factor) - chunk.firstRow);
    const end = Math.min(chunk.rows, Math.floor(to / factor) - chunk.firstRow + 1);
    const cut = (column: Float64Array) => [...column.subarray(first, end)];
    return {
      span: factor,
      bar: Array.from({ length: end - first }, (_, i) => (chunk.firstRow + first + i) * factor),
      time: cut(columns.time),
      open: cut(columns.open),
      high: cut(columns.high),
      low: cut(columns.low),
      close: cut(columns.close),
    };
  }

  private read(chunk: ChartChunk): Promise<Columns> {
    const known = this.chunks.get(chunk.offset);
    if (known) return known;
    const columns = this.fetch(chunk);
    this.chunks.set(chunk.offset, columns);
    columns.catch(() => this.chunks.delete(chunk.offset));
    return columns;
  }

  private async fetch({ offset, length }: ChartChunk): Promise<Columns> {
    const [{ tableFromIPC }, response] = await Promise.all([
      import('apache-arrow'),
      fetch(artifactPath(this.runId, 'chart.arrow'), {
        headers: { range: `bytes=${offset}-${offset + length - 1}` },
      }),
    ]);
    if (response.status !== 206) throw new RequestRefused(response.status, 'The bars of this run could not be read.');
    const table = tableFromIPC(new Uint8Array(await response.arrayBuffer()));
    const column = (name: Name) => (table.getChild(name)?.toArray() ?? new Float64Array()) as Float64Array;
    return {
      time: column('time'),
      open: column('open'),
      high: column('high'),
      low: column('low'),
      close: column('close'),
    };
  }
}

function joined(span: number, parts: readonly CandleColumns[]): CandleColumns {
  const all = (name: 'bar' | Name) => parts.flatMap((part) => part[name]);
  return {
    span,
    bar: all('bar'),
    time: all('time'),
    open: all('open'),
    high: all('high'),
    low: all('low'),
    close: all('close'),
  };
}

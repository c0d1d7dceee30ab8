import type { FileReading } from '@quarry/contracts';
import type { Layout } from './layout.js';
import type { Refusals } from './refusals.js';
import type { SeriesBuilder } from './series-builder.js';

/** A file's rows in memory, as read: nothing sorted, dropped or converted yet. */
export interface RowTable {
  readonly layout: Layout;
  /** How the file was read, for a person to judge. */
  readonly reading: FileReading;
  readonly series: readonly SeriesBuilder[];
  readonly refusals: Refusals;
  readonly rowsRead: number;
  /** Rows that went into a bar together with others, one of each bar not counted. */
  readonly mergedRows: number;
  /** Rows whose times had parts of a microsecond. */
  readonly flooredTimes: number;
  /** True where no row has a time of day. */
  readonly datesOnly: boolean;
  /** What the file itself says of its zone: `UTC` by a header such as `timestamp_utc`, or by epochs. */
  readonly statedZone: string | null;
  readonly notes: readonly string[];
}

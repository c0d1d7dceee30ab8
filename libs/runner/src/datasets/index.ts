export { ColumnCache } from './column-cache.js';
export { exportCsv } from './export-csv.js';
export { DataRefused } from './data-refused.js';
export { ingestFile } from './ingest/ingest-file.js';
export { runQuery } from './query/run-query.js';
export { openDataset } from './open-dataset.js';
export { SeriesFile } from './series-file.js';
export { writeParquet, type ParquetColumn } from './write-parquet.js';
export { readRows } from './read-rows.js';

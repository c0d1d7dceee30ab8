import { DuckDBTypeId, type DuckDBType, type DuckDBValue } from '@duckdb/node-api';
import {
  Bool,
  Data,
  Field,
  Float64,
  Int64,
  makeData,
  TimestampMicrosecond,
  Utf8,
  vectorFromArray,
  type DataType,
} from 'apache-arrow';

/** How a column of an answer becomes Arrow: whole numbers, fractions, times, truth values, and text for all else. */
export interface ArrowColumn {
  readonly field: Field;
  data(values: readonly DuckDBValue[]): Data;
}

export function arrowColumn(name: string, type: DuckDBType): ArrowColumn {
  switch (type.typeId) {
    case DuckDBTypeId.BOOLEAN:
      return texts(name, new Bool());
    case DuckDBTypeId.TINYINT:
    case DuckDBTypeId.SMALLINT:
    case DuckDBTypeId.INTEGER:
    case DuckDBTypeId.BIGINT:
    case DuckDBTypeId.UTINYINT:
    case DuckDBTypeId.USMALLINT:
    case DuckDBTypeId.UINTEGER:
      return numbers(name, new Int64(), BigInt64Array, (value) => BigInt(value as number | bigint));
    case DuckDBTypeId.UBIGINT:
    case DuckDBTypeId.HUGEINT:
    case DuckDBTypeId.UHUGEINT:
    case DuckDBTypeId.FLOAT:
    case DuckDBTypeId.DOUBLE:
    case DuckDBTypeId.DECIMAL:
      return numbers(name, new Float64(), Float64Array, (value) =>
        typeof value === 'object' ? Number(String(value)) : Number(value),
      );
    case DuckDBTypeId.TIMESTAMP:
    case DuckDBTypeId.TIMESTAMP_TZ:
      return numbers(name, new TimestampMicrosecond(), BigInt64Array, (value) => (value as { micros: bigint }).micros);
    default:
      return texts(name, new Utf8());
  }
}

function numbers<T extends Float64Array | BigInt64Array>(
  name: string,
  type: DataType,
  Values: new (length: number) => T,
  read: (value: DuckDBValue) => T[number],
): ArrowColumn {
  return {
    field: new Field(name, type, true),
    data: (values) => {
      const data = new Values(values.length);
      const nullBitmap = new Uint8Array(Math.ceil(values.length / 64) * 8);
      let nullCount = 0;
      values.forEach((value, k) => {
        if (value === null) nullCount++;
        else {
          data[k] = read(value);
          nullBitmap[k >> 3]! |= 1 << (k & 7);
        }
      });
      return makeData({ type, length: values.length, nullCount, nullBitmap, data } as never);
    },
  };
}

function texts(name: string, type: Bool | Utf8): ArrowColumn {
  const isText = type instanceof Utf8;
  return {
    field: new Field(name, type, true),
    data: (values) => {
      const cells = values.map((value) => (value === null || !isText ? value : String(value)));
      return vectorFromArray(cells, type).data[0]!;
    },
  };
}

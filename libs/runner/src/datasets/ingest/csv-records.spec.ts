import { expect, test } from '@jest/globals';
import { CsvRecords } from './csv-records.js';
import { cellText } from './read-number.js';

/** Splits text that comes in chunks of so many bytes. */
function recordsOf(text: string, chunk: number): string[][] {
  const found: string[][] = [];
  const records = new CsvRecords(44, 'x.csv', ({ bytes, starts, ends, count }) => {
    found.push(Array.from({ length: count }, (_, k) => cellText(bytes, starts[k]!, ends[k]!)));
  });
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += chunk) records.push(bytes.subarray(at, at + chunk));
  records.end();
  return found;
}

const header = ['a', 'b', 'c'];
/** The twelve kinds of csv-spectrum (https://github.com/max-mapper/csv-spectrum). */
const spectrum: readonly (readonly [string, string, string[][]])[] = [
  [
    'comma in quotes',
    'first,last,city\nJohn,Doe,"Anytown, WW"\n',
    [
      ['first', 'last', 'city'],
      ['John', 'Doe', 'Anytown, WW'],
    ],
  ],
  ['empty', 'a,b,c\n1,"",""\n2,3,4\n', [header, ['1', '', ''], ['2', '3', '4']]],
  ['empty, CRLF', 'a,b,c\r\n1,"",""\r\n2,3,4\r\n', [header, ['1', '', ''], ['2', '3', '4']]],
  [
    'doubled quotes',
    'a,b\n1,"ha ""ha"" ha"\n3,4\n',
    [
      ['a', 'b'],
      ['1', 'ha "ha" ha'],
      ['3', '4'],
    ],
  ],
  [
    'JSON',
    'key,val\n1,"{""type"": ""Point"", ""coordinates"": [102.0, 0.5]}"\n',
    [
      ['key', 'val'],
      ['1', '{"type": "Point", "coordinates": [102.0, 0.5]}'],
    ],
  ],
  [
    'coordinates on lines of their own',
    'id,place\n5,"MAIN ST\n(41.5, -71.2)"\n',
    [
      ['id', 'place'],
      ['5', 'MAIN ST\n(41.5, -71.2)'],
    ],
  ],
  ['newlines', 'a,b,c\n"Once upon \na time",5,6\n7,8,9\n', [header, ['Once upon \na time', '5', '6'], ['7', '8', '9']]],
  [
    'newlines, CRLF',
    'a,b,c\r\n"Once upon \r\na time",5,6\r\n7,8,9\r\n',
    [header, ['Once upon \r\na time', '5', '6'], ['7', '8', '9']],
  ],
  [
    'quotes and newlines',
    'a,b\n1,"ha \n""ha"" \nha"\n3,4\n',
    [
      ['a', 'b'],
      ['1', 'ha \n"ha" \nha'],
      ['3', '4'],
    ],
  ],
  ['simple', 'a,b,c\n1,2,3', [header, ['1', '2', '3']]],
  ['simple, CRLF', 'a,b,c\r\n1,2,3\r\n', [header, ['1', '2', '3']]],
  ['UTF-8', 'a,b,c\n1,2,3\n4,5,ʤ\n', [header, ['1', '2', '3'], ['4', '5', 'ʤ']]],
];

test.each(spectrum)('SAFETY bar 41: %s comes out exactly, in one piece and byte by byte', (_, text, records) => {
  expect([recordsOf(text, 1e6), recordsOf(text, 1)]).toEqual([records, records]);
});

test('a cell of doubled marks alone is those marks', () => {
  expect(recordsOf('"""",""""""\n"""a",b\n', 1e6)).toEqual([
    ['"', '""'],
    ['"a', 'b'],
  ]);
});

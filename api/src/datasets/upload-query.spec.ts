import { expect, test } from '@jest/globals';
import { UploadQuery } from './upload-query.js';

test('columns come as JSON in the query', () => {
  const query = { name: 'prices', fileName: 'prices.csv', columns: '{"close":"Last"}' };
  expect(UploadQuery.parse(query)).toEqual({ ...query, columns: { close: 'Last' }, accept: true });
});

test.each([
  ['../../etc/passwd', 'a path upwards'],
  ['a/b.csv', 'a path'],
  ['a\\b.csv', "another system's path"],
  ['a\r\nb.csv', 'a broken line'],
  ['..', 'the folder above'],
  ['.', 'the folder itself'],
  ['a\0.csv', 'cut by a NUL'],
  ['\ud800.csv', 'half a character'],
  [' ', 'blank'],
  ['', 'nothing'],
])('a file name is not %j, %s', (fileName) => {
  expect(UploadQuery.safeParse({ name: 'prices', fileName }).success).toBe(false);
});

test.each(['', '   ', 'a\0b', '\udc00', 'x'.repeat(101)])('a dataset is not named %j', (name) => {
  expect(UploadQuery.safeParse({ name, fileName: 'a.csv' }).success).toBe(false);
});

test('columns that are no JSON are refused in words', () => {
  const parsed = UploadQuery.safeParse({ name: 'prices', fileName: 'a.csv', columns: 'close=Last' });
  expect(parsed.error?.issues.map((issue) => issue.message)).toEqual(['is not JSON, such as {"close":"Last"}']);
});

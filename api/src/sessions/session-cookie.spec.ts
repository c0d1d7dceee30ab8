import { expect, test } from '@jest/globals';
import { sessionTokenOf } from './session-cookie.js';

const token = 'a'.repeat(43);

test.each([
  [`quarry_session=${token}`, token],
  [`theme=dark; quarry_session=${token}; other=1`, token],
  [`not_quarry_session=${token}`, null],
  [`quarry_session=${token}longer`, null],
  ['quarry_session=', null],
  ['', null],
  [undefined, null],
])('the cookie header %j holds the token %j', (header, expected) => {
  expect(sessionTokenOf(header)).toBe(expected);
});

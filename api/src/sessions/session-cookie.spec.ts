import { expect, test } from '@jest/globals';
import { accessTokensOf } from './session-cookie.js';

const token = 'a'.repeat(43);
const other = 'b'.repeat(43);

test.each([
  [`quarry_session=${token}`, [token]],
  [`theme=dark; quarry_session=${token}; other=1`, [token]],
  [`quarry_session=${other}; quarry_session=${token}`, [other, token]],
  [`not_quarry_session=${token}`, []],
  [`quarry_session=${token}longer`, []],
  ['quarry_session=', []],
  ['', []],
  [undefined, []],
])('the cookie header %j holds the tokens %j', (header, expected) => {
  expect(accessTokensOf(header)).toEqual(expected);
});

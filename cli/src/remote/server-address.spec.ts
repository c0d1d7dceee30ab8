import { expect, test } from '@jest/globals';
import { serverAddress } from './server-address.js';

test.each([
  ['https://quarry.example.org/', 'https://quarry.example.org', false],
  ['https://example.org/quarry/', 'https://example.org/quarry', false],
  ['http://localhost:4600', 'http://localhost:4600', false],
  ['http://[::1]:4600', 'http://[::1]:4600', false],
  ['http://quarry.lan', 'http://quarry.lan', true],
])('%s is %s', (text, address, isInTheClear) => {
  expect(serverAddress(text)).toEqual({ address, isInTheClear });
});

test.each(['quarry.example.org', 'ftp://example.org', '', 'localhost:4600'])('"%s" is refused by its text', (text) => {
  expect(() => serverAddress(text)).toThrow(`"${text}" is no address of a server.`);
});

test('a password in the address is refused, and not repeated', () => {
  expect(() => serverAddress('https://me:hunter2@example.org')).toThrow(
    '"https://example.org" comes with more than an address: leave out user, password, ? and #.',
  );
});

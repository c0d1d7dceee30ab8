import { expect, test } from '@jest/globals';
import { generatePassword, hashPassword, verifyPassword } from './password.js';

test('a password meets its own hash and no other', async () => {
  const hash = await hashPassword('correct horse');
  expect(hash).toMatch(/^argon2id\$19456\$2\$1\$/);
  expect(await Promise.all([verifyPassword('correct horse', hash), verifyPassword('wrong horse', hash)])).toEqual([
    true,
    false,
  ]);
});

test('the same password is hashed differently each time', async () => {
  expect(await hashPassword('same')).not.toBe(await hashPassword('same'));
});

test('generated passwords are long and differ', () => {
  expect(generatePassword()).toMatch(/^[A-Za-z2-9]{5}(-[A-Za-z2-9]{5}){3}$/);
  expect(generatePassword()).not.toBe(generatePassword());
});

import { expect, test } from '@jest/globals';
import { isRemote, type RemoteFlags } from './remote.js';

type Flags = RemoteFlags & { readonly lanes?: string };

test('a run is made here unless --remote is given', () => {
  expect([isRemote<Flags>({ lanes: '2' }, ['lanes']), isRemote({ remote: true, priority: 'high' }, [])]).toEqual([
    false,
    true,
  ]);
});

test.each([
  [{ priority: 'high' }, '--priority is an option of runs on a server. Add --remote, or leave it out.'],
  [{ remote: true, lanes: '2' }, '--lanes is an option of runs on this machine. Leave it out, or leave out --remote.'],
])('an option that says nothing where the run is made is refused: %j', (flags: Flags, words) => {
  expect(() => isRemote(flags, ['lanes'])).toThrow(words);
});

import { expect, test } from '@jest/globals';
import { currentTrace, traced, traceFields } from './trace.js';

const caller = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

test('what is done for a caller is part of its trace, as a step of its own, and what follows it too', async () => {
  const later = await traced(caller, async () => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    return [traceFields(), currentTrace()];
  });
  expect(later).toEqual([
    { traceId: '4bf92f3577b34da6a3ce929d0e0e4736' },
    expect.stringMatching(/^00-4bf92f3577b34da6a3ce929d0e0e4736-(?!00f067aa0ba902b7)[\da-f]{16}-01$/),
  ]);
});

test.each([null, '', 'nonsense', '00-00000000000000000000000000000000-00f067aa0ba902b7-01'])(
  'where the caller says %p a trace begins',
  (said) => {
    expect(traced(said, currentTrace)).toMatch(/^00-[\da-f]{32}-[\da-f]{16}-00$/);
  },
);

test('outside of any trace there is none', () => {
  expect([currentTrace(), traceFields()]).toEqual([null, {}]);
});

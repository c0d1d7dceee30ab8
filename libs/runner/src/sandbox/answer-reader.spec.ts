import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { AnswerReader } from './answer-reader.js';
import { encodeFrame, frames } from './protocol.js';

const limits = { outcomeBytes: 100, tapeBytes: 1000 };
const bytes = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => i);

function answer(outcome: Uint8Array, tape: Uint8Array): Buffer {
  return Buffer.concat([
    encodeFrame(frames.started, new Uint8Array()),
    encodeFrame(frames.outcome, outcome),
    encodeFrame(frames.tape, tape),
  ]);
}

describe('reading what a child answers', () => {
  test('any cutting of the stream yields the same answer', () => {
    const whole = answer(bytes(90), bytes(700));
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 20, maxLength: 60 }), (sizes) => {
        const reader = new AnswerReader(limits);
        let at = 0;
        let last: ReturnType<AnswerReader['take']> = 'more';
        for (const size of [...sizes, whole.length]) {
          if (at >= whole.length) break;
          last = reader.take(whole.subarray(at, at + size));
          at += size;
        }
        expect(last).toEqual({ kind: 'answered', outcome: bytes(90), tape: bytes(700) });
      }),
    );
  });

  test('says when the strategy has started', () => {
    const reader = new AnswerReader(limits);
    expect(reader.take(answer(bytes(1), bytes(1)).subarray(0, 7))).toBe('started');
  });

  test('a frame that announces too much is refused before its bytes come', () => {
    const reader = new AnswerReader(limits);
    reader.take(encodeFrame(frames.started, new Uint8Array()));
    expect(reader.take(encodeFrame(frames.outcome, bytes(101)).subarray(0, 5))).toEqual({ kind: 'result-too-large' });
  });

  test('frames out of order are a bad result', () => {
    expect(new AnswerReader(limits).take(encodeFrame(frames.tape, bytes(3)))).toEqual({ kind: 'bad-result' });
  });

  test('empty frames are whole at once', () => {
    expect(new AnswerReader(limits).take(answer(bytes(0), bytes(0)))).toMatchObject({ kind: 'answered' });
  });
});

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { AnswerReader } from './answer-reader.js';
import { encodeFrame, frames } from './protocol.js';

const limits = { outcomeBytes: 100, tapeBytes: 1000 };
const bytes = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => i);

function answer(outcome: Uint8Array, ...blocks: readonly Uint8Array[]): Buffer {
  return Buffer.concat([
    encodeFrame(frames.started, new Uint8Array()),
    ...blocks.flatMap((block, i) => [encodeFrame(frames.tape, block), encodeFrame(frames.log, bytes(i))]),
    encodeFrame(frames.outcome, outcome),
  ]);
}

/** A reader, and what it heard. */
function listening() {
  const tape: Uint8Array[] = [];
  const log: Uint8Array[] = [];
  const reader = new AnswerReader(limits, { tape: (block) => tape.push(block), log: (piece) => log.push(piece) });
  return { reader, tape, log };
}

const started = encodeFrame(frames.started, new Uint8Array());

describe('reading what a child answers', () => {
  test('any cutting of the stream yields the same answer', () => {
    const whole = answer(bytes(90), bytes(700), bytes(0), bytes(200));
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 20, maxLength: 60 }), (sizes) => {
        const { reader, tape, log } = listening();
        let at = 0;
        let last: ReturnType<AnswerReader['take']> = 'more';
        for (const size of [...sizes, whole.length]) {
          if (at >= whole.length) break;
          last = reader.take(whole.subarray(at, at + size));
          at += size;
        }
        expect(last).toEqual({ kind: 'answered', outcome: bytes(90) });
        expect([tape, log]).toEqual([
          [bytes(700), bytes(0), bytes(200)],
          [bytes(0), bytes(1), bytes(2)],
        ]);
      }),
    );
  });

  test('says when the strategy has started', () => {
    expect(listening().reader.take(answer(bytes(1), bytes(1)).subarray(0, 7))).toBe('started');
  });

  test('a frame that announces too much is refused before its bytes come', () => {
    const { reader } = listening();
    reader.take(started);
    expect(reader.take(encodeFrame(frames.outcome, bytes(101)).subarray(0, 5))).toEqual({ kind: 'result-too-large' });
  });

  test.each([
    ['tape', frames.tape, 600],
    ['log', frames.log, 60],
  ])('pieces of the %s count together', (_what, kind, size) => {
    const { reader } = listening();
    reader.take(started);
    expect(reader.take(encodeFrame(kind, bytes(size)))).toBe('more');
    expect(reader.take(encodeFrame(kind, bytes(size)))).toEqual({ kind: 'result-too-large' });
  });

  test.each([
    ['before the start', [encodeFrame(frames.tape, bytes(3))]],
    ['that starts twice', [started, started]],
    ['of no known kind', [started, encodeFrame(9, bytes(1))]],
    [
      'without end',
      Array.from({ length: 100_002 }, (_, i) => (i === 0 ? started : encodeFrame(frames.tape, bytes(0)))),
    ],
  ])('a frame %s is a bad result', (_what, said) => {
    expect(listening().reader.take(Buffer.concat(said))).toEqual({ kind: 'bad-result' });
  });

  test('empty frames are whole at once', () => {
    expect(listening().reader.take(answer(bytes(0), bytes(0)))).toMatchObject({ kind: 'answered' });
  });
});

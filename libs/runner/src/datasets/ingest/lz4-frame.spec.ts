import { expect, test } from '@jest/globals';
import { unpackLz4 } from './lz4-frame.js';

/** Made by `lz4 -c` 1.9.4: linked blocks, a content check sum. */
const ofTheTool = 'BCJNGGRApx4AAABPYmFyLAQA/////53wAWVuZCBvZiB0aGUgYmFycwoAAAAAH2Kr2w==';

const frame = (...blocks: Buffer[]) => {
  const sized = blocks.flatMap((block) => {
    const size = Buffer.alloc(4);
    size.writeUInt32LE(block.length);
    return [size, block];
  });
  return Buffer.concat([Buffer.from('04224d18604000', 'hex'), ...sized, Buffer.alloc(4)]);
};
const unpacked = (packed: Uint8Array) => Buffer.from(unpackLz4(packed)).toString();

test('a frame of the lz4 tool comes out as it went in', () => {
  expect(unpacked(Buffer.from(ofTheTool, 'base64'))).toBe('bar,'.repeat(300) + 'end of the bars\n');
});

test('a match that runs into what it writes repeats it', () => {
  const block = Buffer.from([0x2f, 97, 98, 2, 0, 1, 0x50, 99, 99, 99, 99, 99]);
  expect(unpacked(frame(block))).toBe('ab'.repeat(11) + 'ccccc');
});

test.each([
  ['that is cut short', frame(Buffer.from([0xf0])), 'An LZ4 block is cut short.'],
  ['that points before its beginning', frame(Buffer.from([0x10, 97, 9, 0, 0])), 'points before its beginning'],
  ['that is none', Buffer.from('no frame at all'), 'A buffer is no LZ4 frame.'],
  ['of which blocks are missing', frame(Buffer.alloc(40)).subarray(0, 20), 'An LZ4 frame is cut short.'],
])('a frame %s is refused', (_, packed, message) => {
  expect(() => unpackLz4(packed)).toThrow(message);
});

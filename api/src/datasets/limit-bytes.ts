import { Transform, type Readable } from 'node:stream';

/** Passes the bytes on as they come, and breaks the stream with `refusal` once there are more than `limit`. */
export function limitBytes(body: Readable, limit: number, refusal: () => Error): Readable {
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > limit) done(refusal());
      else done(null, chunk);
    },
  });
  body.once('error', (error) => counted.destroy(error));
  body.once('close', () => {
    if (!body.readableEnded) counted.destroy(new Error('The upload was broken off.'));
  });
  return body.pipe(counted);
}

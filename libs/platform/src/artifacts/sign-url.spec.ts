import { expect, test } from '@jest/globals';
import { signUrl } from './sign-url.js';

const example = {
  region: 'us-east-1',
  key: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' },
  at: new Date('2013-05-24T00:00:00Z'),
  seconds: 86_400,
};

test('the example of the S3 documentation is signed as it is there', () => {
  const url = new URL('https://examplebucket.s3.amazonaws.com/test.txt');
  expect(signUrl({ ...example, url })).toBe(
    'https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256' +
      '&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z' +
      '&X-Amz-Expires=86400&X-Amz-SignedHeaders=host' +
      '&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
  );
});

test('another object, another type or another time have another signature', () => {
  const signed = ['/a', '/b', '/a?response-content-type=text%2Fhtml'].map((path) =>
    signUrl({ ...example, url: new URL(path, 'https://bucket.example') }),
  );
  const later = signUrl({ ...example, url: new URL('https://bucket.example/a'), seconds: 60 });
  expect(new Set([...signed, later].map((url) => url.slice(-64))).size).toBe(4);
});

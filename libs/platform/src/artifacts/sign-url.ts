import { createHash, createHmac } from 'node:crypto';

interface SigningKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

interface UrlToSign {
  readonly url: URL;
  readonly region: string;
  readonly key: SigningKey;
  /** From when on it holds, and for how many seconds. */
  readonly at: Date;
  readonly seconds: number;
}

/**
 * A URL that fetches one object of S3 and does nothing else, signed in its query (AWS Signature Version 4, "Authenticating Requests: Using
 * Query Parameters"). Whatever stands in it, the answer's type and file name too, is bound by the signature.
 */
export function signUrl({ url, region, key, at, seconds }: UrlToSign): string {
  const time = at.toISOString().replace(/[-:]|\.\d{3}/g, '');
  const scope = `${time.slice(0, 8)}/${region}/s3/aws4_request`;
  const query = new Map<string, string>([
    ...url.searchParams,
    ['X-Amz-Algorithm', 'AWS4-HMAC-SHA256'],
    ['X-Amz-Credential', `${key.accessKeyId}/${scope}`],
    ['X-Amz-Date', time],
    ['X-Amz-Expires', String(seconds)],
    ['X-Amz-SignedHeaders', 'host'],
    ...(key.sessionToken === undefined ? [] : [['X-Amz-Security-Token', key.sessionToken] as const]),
  ]);
  const text = [...query]
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .toSorted()
    .join('&');
  const path = decodeURIComponent(url.pathname).split('/').map(encoded).join('/');
  const asked = ['GET', path, text, `host:${url.host}\n`, 'host', 'UNSIGNED-PAYLOAD'].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', time, scope, createHash('sha256').update(asked).digest('hex')].join('\n');
  const signing = [time.slice(0, 8), region, 's3', 'aws4_request'].reduce(
    (secret: string | Buffer, part) => hmac(secret, part),
    `AWS4${key.secretAccessKey}`,
  );
  return `${url.origin}${path}?${text}&X-Amz-Signature=${hmac(signing, toSign).toString('hex')}`;
}

function hmac(secret: string | Buffer, text: string): Buffer {
  return createHmac('sha256', secret).update(text).digest();
}

/** Percent-encoding of RFC 3986, which leaves letters, digits and `-._~`. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

import { createHmac } from 'node:crypto';
import { request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import { isIP } from 'node:net';
import { isPublicAddress, lookupPublic } from './public-address.js';

const patienceMs = 10_000;

export interface SignedPost {
  readonly url: string;
  readonly body: string;
  readonly secret: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Whether addresses within this network may be told too. */
  readonly mayBePrivate: boolean;
}

/** `t=<seconds>,v1=<hex>`: HMAC-SHA256 over the seconds, a full stop and the body. */
export function signatureOf(secret: string, body: string, seconds: number): string {
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}

/** Posts, follows nowhere, and answers HTTP's status; the answer's body is not read. @throws Error with the reason where there is no answer */
export function postSigned({ url, body, secret, headers, mayBePrivate }: SignedPost): Promise<number> {
  const target = new URL(url);
  const host = target.hostname.replace(/^\[|\]$/g, '');
  if (!mayBePrivate && isIP(host) !== 0 && !isPublicAddress(host)) {
    return Promise.reject(new Error(`${host} is an address within this network`));
  }
  const send = target.protocol === 'https:' ? overHttps : overHttp;
  return new Promise((resolve, reject) => {
    const request = send(target, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'user-agent': 'quarry-webhook',
        'quarry-signature': signatureOf(secret, body, Math.floor(Date.now() / 1000)),
        ...headers,
      },
      // No connection is kept: the next may be of another team.
      agent: false,
      signal: AbortSignal.timeout(patienceMs),
      ...(mayBePrivate ? {} : { lookup: lookupPublic }),
    });
    request.on('response', (response) => {
      resolve(response.statusCode ?? 0);
      response.destroy();
    });
    request.on('error', (error) => {
      reject(error.name === 'AbortError' ? new Error(`no answer within ${patienceMs / 1000} s`) : error);
    });
    // A switch of protocols is neither an answer nor an error.
    request.on('close', () => {
      reject(new Error('the connection ended without an answer'));
    });
    request.end(body);
  });
}

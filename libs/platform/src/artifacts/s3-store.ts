import { Readable } from 'node:stream';
import {
  BucketAlreadyExists,
  BucketAlreadyOwnedByYou,
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { assertKey, assertPrefix } from './artifact-key.js';
import { ArtifactStore, type ByteRange, type LinkTerms } from './artifact-store.js';
import { within } from './byte-range.js';
import { signUrl } from './sign-url.js';

export interface S3Place {
  readonly bucket: string;
  /** Null for Amazon's own. */
  readonly endpoint: string | null;
  readonly region: string;
  /** Null to use those of this machine. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | null;
  readonly forcePathStyle: boolean;
  /** Where those who use Quarry reach the server, for links; null where they do not. Amazon's own is reached by all. */
  readonly publicEndpoint?: string | null;
}

/** Artifacts as objects of a bucket. An object appears when its upload has been completed, as S3 promises. */
export class S3ArtifactStore extends ArtifactStore {
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #region: string;
  /** The bucket as those see it who use Quarry. */
  readonly #public: string | null;

  constructor(place: S3Place) {
    super();
    this.#region = place.region;
    this.#public = publicBucket(place);
    this.#bucket = place.bucket;
    this.#client = new S3Client({
      region: place.region,
      forcePathStyle: place.forcePathStyle,
      // Servers other than Amazon's do not all know the newer checksums.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      ...(place.endpoint === null ? {} : { endpoint: place.endpoint }),
      ...(place.credentials === null ? {} : { credentials: place.credentials }),
    });
  }

  override async put(key: string, body: Readable | Uint8Array, contentType: string): Promise<number> {
    assertKey(key);
    const isWhole = body instanceof Uint8Array;
    const counted = { bytes: isWhole ? body.byteLength : 0, failure: null as unknown };
    const upload = new Upload({
      client: this.#client,
      params: {
        Bucket: this.#bucket,
        Key: key,
        Body: isWhole ? body : Readable.from(count(body, counted)),
        ContentType: contentType,
      },
      leavePartsOnError: false,
    });
    try {
      await upload.done();
    } catch (error) {
      // The source's own reason, not that of a clean-up that failed after it.
      throw counted.failure ?? error;
    }
    return counted.bytes;
  }

  override async read(key: string, range?: ByteRange) {
    assertKey(key);
    const at = { Bucket: this.#bucket, Key: key };
    try {
      if (!range) {
        const whole = await this.#client.send(new GetObjectCommand(at));
        const bytes = whole.ContentLength ?? 0;
        return { body: streamOf(whole.Body), bytes, totalBytes: bytes };
      }
      const head = await this.#client.send(new HeadObjectCommand(at));
      const totalBytes = head.ContentLength ?? 0;
      const part = within(range, totalBytes);
      if (!part) return { body: Readable.from([]), bytes: 0, totalBytes };
      const Range = `bytes=${part.start}-${part.end}`;
      const answer = await this.#client.send(new GetObjectCommand({ ...at, Range }));
      return { body: streamOf(answer.Body), bytes: part.end - part.start + 1, totalBytes };
    } catch (error) {
      if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404) return null;
      throw error;
    }
  }

  override async link(key: string, { seconds, contentType, disposition }: LinkTerms): Promise<string | null> {
    assertKey(key);
    if (this.#public === null) return null;
    const url = new URL(`${this.#public}/${key}`);
    url.searchParams.set('response-content-type', contentType);
    url.searchParams.set('response-content-disposition', disposition);
    const credentials = await this.#client.config.credentials();
    return signUrl({ url, region: this.#region, key: credentials, at: new Date(), seconds });
  }

  override async remove(key: string): Promise<void> {
    assertKey(key);
    await this.#client.send(new DeleteObjectCommand({ Bucket: this.#bucket, Key: key }));
  }

  override async list(prefix: string) {
    assertPrefix(prefix);
    const found: { key: string; bytes: number; modifiedAt: Date }[] = [];
    let token: string | undefined;
    do {
      const page = await this.#client.send(
        new ListObjectsV2Command({
          Bucket: this.#bucket,
          Prefix: prefix,
          ...(token === undefined ? {} : { ContinuationToken: token }),
        }),
      );
      for (const { Key: key, Size: bytes = 0, LastModified: modifiedAt = new Date(0) } of page.Contents ?? []) {
        if (key !== undefined) found.push({ key, bytes, modifiedAt });
      }
      token = page.NextContinuationToken;
    } while (token !== undefined);
    return found.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  }

  override async prepare(): Promise<void> {
    try {
      await this.#client.send(new CreateBucketCommand({ Bucket: this.#bucket }));
    } catch (error) {
      if (error instanceof BucketAlreadyOwnedByYou || error instanceof BucketAlreadyExists) return;
      // One who may not make buckets, but finds this one, needs none made.
      await this.ping().catch(() => {
        throw error;
      });
    }
  }

  override async ping(): Promise<void> {
    await this.#client.send(new HeadBucketCommand({ Bucket: this.#bucket }), {
      abortSignal: AbortSignal.timeout(2000),
    });
  }
}

async function* count(body: Readable, counted: { bytes: number; failure: unknown }): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of body) {
      const bytes: Uint8Array = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      counted.bytes += bytes.byteLength;
      yield bytes;
    }
  } catch (error) {
    counted.failure = error;
    throw error;
  }
}

function streamOf(body: unknown): Readable {
  if (body instanceof Readable) return body;
  throw new Error('The S3 server answered without a body.');
}

function publicBucket({ bucket, endpoint, publicEndpoint = null, region, forcePathStyle }: S3Place): string | null {
  if (publicEndpoint === null && endpoint !== null) return null;
  const server = new URL(publicEndpoint ?? `https://s3.${region}.amazonaws.com`);
  if (forcePathStyle) return `${server.origin}/${bucket}`;
  return `${server.protocol}//${bucket}.${server.host}`;
}

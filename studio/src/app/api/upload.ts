import { Upload } from '@quarry/contracts';
import { get, list, request, RequestRefused, send } from './request';

const pieceBytes = 8 * 2 ** 20;
/** So often without a byte getting through, and the upload is given up. */
const patience = 6;

/**
 * Sends a file in pieces, and answers the id under which it has arrived. Where the connection breaks, it asks how much
 * came through and goes on from there; with an unfinished upload of the same file too.
 */
export async function upload(file: File, onProgress: (done: number) => void): Promise<string> {
  const begun = (await unfinishedUploads()).find((upload) => isOf(upload, file)) ?? (await begin(file));
  const { id } = begun;
  const path = `/api/uploads/${id}`;
  let { received } = begun;
  for (let failures = 0; received < file.size;) {
    const piece = file.slice(received, received + pieceBytes);
    const before = received;
    try {
      received = Upload.parse(await request('PATCH', path, piece, { 'upload-offset': String(received) })).received;
    } catch (error) {
      if (!isPassing(error) || failures === patience) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500 * 2 ** failures));
      received = await get(path, Upload).then(
        (upload) => upload.received,
        () => before,
      );
    }
    failures = received > before ? 0 : failures + 1;
    onProgress(received / file.size);
  }
  return id;
}

/** Uploads of the team that are no dataset yet. */
export function unfinishedUploads(): Promise<Upload[]> {
  return list('/api/uploads', Upload);
}

function begin({ name: fileName, size: bytes, lastModified }: File): Promise<Upload> {
  const modifiedAt = new Date(lastModified).toISOString();
  return send('POST', '/api/uploads', { fileName, bytes, modifiedAt }, Upload);
}

/** By name, length and when it was changed last: the file itself was not kept where the tab was closed. */
function isOf({ fileName, bytes, modifiedAt }: Upload, { name, size, lastModified }: File): boolean {
  return fileName === name && bytes === size && modifiedAt === new Date(lastModified).toISOString();
}

/** The connection broke, somebody between us and the server did, or a piece came through whose answer did not. */
function isPassing(error: unknown): boolean {
  return error instanceof RequestRefused && (error.status === 0 || error.status === 409 || error.status >= 502);
}

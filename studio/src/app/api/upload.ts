import { Upload } from '@quarry/contracts';
import { get, request, RequestRefused, send } from './request';

const pieceBytes = 8 * 2 ** 20;
/** So often without a byte getting through, and the upload is given up. */
const patience = 6;

/**
 * Sends a file in pieces, and answers the id under which it has arrived. Where the connection breaks, it asks how much
 * came through and goes on from there.
 */
export async function upload(file: File, onProgress: (done: number) => void): Promise<string> {
  const { id } = await send('POST', '/api/uploads', { fileName: file.name, bytes: file.size }, Upload);
  const path = `/api/uploads/${id}`;
  let received = 0;
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

/** The connection broke, somebody between us and the server did, or a piece came through whose answer did not. */
function isPassing(error: unknown): boolean {
  return error instanceof RequestRefused && (error.status === 0 || error.status === 409 || error.status >= 502);
}

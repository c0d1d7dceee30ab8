import type { IngestOptions } from '@quarry/contracts';
import { renewSession } from './renew-session';
import { refusal, RequestRefused } from './request';
import { writeHeader } from './write-header';

/**
 * Streams a file as the body of a POST. XMLHttpRequest, since fetch does not tell how much has been sent. The session is
 * renewed first: a large file is not sent twice.
 */
export async function upload(
  path: string,
  file: File,
  options: IngestOptions,
  onProgress: (done: number) => void,
): Promise<unknown> {
  await renewSession();
  return new Promise((resolve, reject) => {
    const http = new XMLHttpRequest();
    http.open('POST', `${path}?${query(file, options)}`);
    for (const [name, value] of Object.entries(writeHeader)) http.setRequestHeader(name, value);
    http.setRequestHeader('content-type', 'application/octet-stream');
    http.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    http.onerror = () => reject(new RequestRefused(0, 'The upload broke off. Is Quarry still running?'));
    http.onload = () => {
      if (http.status >= 200 && http.status < 300) resolve(JSON.parse(http.responseText));
      else reject(refusal(http.status, http.responseText));
    };
    http.send(file);
  });
}

function query(file: File, { columns, ...plain }: IngestOptions): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(plain)) if (value) query.set(name, String(value));
  if (columns) query.set('columns', JSON.stringify(columns));
  query.set('fileName', file.name);
  return query;
}

import { BASE, callerHeaders } from '../../api/client';
import { ApiError, toApiError, unreachable } from '../../api/problem';
import { ImportAnswer } from './import-answer';
import { NOT_BEGUN, type ImportProgress, type ImportResult } from './import-result';
import { parse } from './parse';

/** The person has ended it. */
export class Cancelled extends Error {}

interface Upload {
  path: string;
  file: File;
  signal: AbortSignal;
  onProgress: (progress: ImportProgress) => void;
}

/**
 * Sends a file as it lies on the disk, and follows what the service says while it reads it.
 *
 * By XMLHttpRequest, not by fetch: fetch says nothing about how much has been sent (a body that is a stream needs HTTP/2,
 * which our own server does not speak), and an answer can be read line by line here, too. Neither way is the file ever whole in the
 * memory of the page.
 * @throws ApiError; `file_changed` when it is not on the disk any more as it was chosen; Cancelled when the signal is aborted
 */
export function uploadFile({ path, file, signal, onProgress }: Upload): Promise<ImportResult> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let progress = NOT_BEGUN;
    const tell = (more: Partial<ImportProgress>): void => {
      progress = { ...progress, ...more };
      onProgress(progress);
    };
    const answer = new ImportAnswer(tell);
    request.open('POST', `${BASE}${path}`);
    request.setRequestHeader('content-type', 'text/csv');
    request.setRequestHeader('accept', 'application/x-ndjson');
    for (const [name, value] of Object.entries(callerHeaders())) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => tell({ sent: total === 0 ? 1 : loaded / total });
    request.onprogress = () => {
      if (request.status === 200) answer.read(request.responseText);
    };
    request.onload = () => {
      if (request.status !== 200) return reject(toApiError(request.status, parse(request.responseText)));
      const outcome = answer.end(request.responseText);
      if (outcome instanceof ApiError) reject(outcome);
      else resolve(outcome);
    };
    request.onerror = () => void whyFailed(file).then(reject);
    request.onabort = () => reject(new Cancelled());
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}

/** A browser tells a page nothing of why nothing came back, but a file that was changed cannot be read any more. */
async function whyFailed(file: File): Promise<ApiError> {
  try {
    await file.slice(0, 1).arrayBuffer();
    return unreachable();
  } catch {
    return new ApiError({ status: 0, code: 'file_changed', title: 'file_changed' });
  }
}

import { BASE, callerHeaders } from '../../api/client';
import { ApiError, toApiError, unreachable } from '../../api/problem';
import type { ImportProgress, ImportResult } from './import-result';
import { NOT_BEGUN } from './import-result';
import { createLineReader } from './ndjson';

/** The person has ended it. */
export class Cancelled extends Error {}

export interface Upload {
  path: string;
  file: File;
  signal: AbortSignal;
  onProgress: (progress: ImportProgress) => void;
}

/** What the service says line by line. */
type Line =
  { progress: { lines: number; users: number } } | { result: ImportResult } | { problem: { status: number } & object };

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
    let result: ImportResult | undefined;
    let failure: ApiError | undefined;
    const tell = (more: Partial<ImportProgress>): void => {
      progress = { ...progress, ...more };
      onProgress(progress);
    };
    const read = createLineReader((text) => {
      const line = JSON.parse(text) as Line;
      if ('progress' in line) tell({ lines: line.progress.lines, users: line.progress.users });
      else if ('result' in line) result = line.result;
      else failure = toApiError(line.problem.status, line.problem);
    });
    request.open('POST', `${BASE}${path}`);
    request.setRequestHeader('content-type', 'text/csv');
    request.setRequestHeader('accept', 'application/x-ndjson');
    for (const [name, value] of Object.entries(callerHeaders())) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => tell({ sent: total === 0 ? 1 : loaded / total });
    request.onprogress = () => {
      if (request.status === 200) read(request.responseText);
    };
    request.onload = () => {
      if (request.status !== 200) return reject(toApiError(request.status, parse(request.responseText)));
      read(`${request.responseText}\n`);
      if (result !== undefined) resolve(result);
      // The line was cut before the last word.
      else reject(failure ?? unreachable());
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

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

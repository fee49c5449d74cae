import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useSession } from '../../session/session-context';
import { NOT_BEGUN, type ImportProgress, type ImportResult } from './import-result';
import { uploadFile } from './upload-file';

/** What is to be done with a file: `check` changes nothing. */
export interface ImportTask {
  name: 'check' | 'apply';
  file: File;
  skipInvalid: boolean;
}

/** One file on its way: looked at first, then applied, and ended at any time. */
interface Import {
  task: ImportTask | undefined;
  isRunning: boolean;
  isCancelled: boolean;
  progress: ImportProgress;
  /** Of the task. */
  result: ImportResult | undefined;
  error: Error | null;
  begin: (task: ImportTask) => void;
  cancel: () => void;
}

export function useImport(): Import {
  const { connectorId } = useSession();
  const queries = useQueryClient();
  const [progress, setProgress] = useState(NOT_BEGUN);
  const [isCancelled, setCancelled] = useState(false);
  const running = useRef<AbortController>(undefined);
  // Whoever leaves the page does not want it any more: half of a file is never applied.
  useEffect(() => () => running.current?.abort(), []);
  const upload = useMutation({
    mutationFn: ({ name, file, skipInvalid }: ImportTask) => {
      const controller = new AbortController();
      running.current = controller;
      const query = new URLSearchParams({ dryRun: String(name === 'check'), skipInvalid: String(skipInvalid) });
      return uploadFile({
        path: `/v1/connectors/${connectorId}/users/import?${query.toString()}`,
        file,
        signal: controller.signal,
        onProgress: setProgress,
      });
    },
    onSuccess: ({ applied }) => {
      if (applied)
        for (const key of ['users', 'user', 'connector', 'audit']) void queries.invalidateQueries({ queryKey: [key] });
    },
  });
  return {
    task: upload.variables,
    isRunning: upload.isPending,
    isCancelled,
    progress,
    result: upload.data,
    error: isCancelled ? null : upload.error,
    begin: (task) => {
      setCancelled(false);
      setProgress(NOT_BEGUN);
      upload.mutate(task);
    },
    cancel: () => {
      setCancelled(true);
      running.current?.abort();
    },
  };
}

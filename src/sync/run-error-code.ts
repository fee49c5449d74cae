import type { ErrorCode } from '../platform/errors/app-error';

/** Why a run did not (yet) do all it should: a failure, or what it waits for. */
export type RunErrorCode = ErrorCode | 'page_loop' | 'interrupted' | 'superseded' | 'removal_needs_approval';

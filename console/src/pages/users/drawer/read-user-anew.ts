import { answer, api } from '../../../api/client';

const PATIENCE_MS = 30_000;
const BETWEEN_LOOKS_MS = 500;

/** Has a user read at both sides. @returns `long`: it is not done within half a minute. @throws ApiError */
export async function readUserAnew(
  { path: { connectorId } }: { path: { connectorId: string } },
  user: string,
): Promise<'done' | 'long'> {
  const params = { path: { connectorId, user } };
  const { requestedAt } = await answer(api.POST('/v1/connectors/{connectorId}/users/{user}/sync', { params }));
  for (let waited = 0; waited < PATIENCE_MS; waited += BETWEEN_LOOKS_MS) {
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_LOOKS_MS));
    const { syncedAt } = await answer(api.GET('/v1/connectors/{connectorId}/users/{user}', { params }));
    if (syncedAt !== null && syncedAt > requestedAt) return 'done';
  }
  return 'long';
}

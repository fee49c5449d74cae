import { api } from '../../api/client';
import { toApiError } from '../../api/problem';

/** What became of one email. */
export interface AddedUser {
  email: string;
  isNew: boolean;
  /** CloudLink has released no credential yet, or does not know the user at all. */
  isPending: boolean;
}

/** @throws ApiError */
export async function addUser(connectorId: string, email: string): Promise<AddedUser> {
  const { data, error, response } = await api.POST('/v1/connectors/{connectorId}/users', {
    params: { path: { connectorId } },
    body: { email },
  });
  if (data === undefined) throw toApiError(response.status, error);
  return { email: data.email, isNew: response.status === 201, isPending: data.status === 'pending' };
}

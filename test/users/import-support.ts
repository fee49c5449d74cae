import type { ImportResultDto } from '../../src/users/import/import.dto';
import type { UsersApp } from './users-app';

export interface ImportAnswer {
  status: number;
  headers: Headers;
  body: ImportResultDto & { code: string };
  text: string;
}

/** Sends a file as an admin does. */
export async function upload(
  users: UsersApp,
  file: NonNullable<RequestInit['body']>,
  query = '',
  headers: Record<string, string> = {},
): Promise<ImportAnswer> {
  const response = await fetch(`${users.url}/v1/connectors/${users.connectorId}/users/import${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await users.token()}`, 'content-type': 'text/csv', ...headers },
    body: file,
  });
  const text = await response.text();
  const body = (
    /json$|json;/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : {}
  ) as ImportAnswer['body'];
  return { status: response.status, headers: response.headers, body, text };
}

/** Everybody who is there, as [email, membership, status]. */
export async function usersNow(users: UsersApp): Promise<[string, string, string][]> {
  const { rows } = await users.database.query<{ email: string; membership: string; status: string }>(
    'select email, membership, status from integrated_users where connector_id = $1 order by email',
    [users.connectorId],
  );
  return rows.map(({ email, membership, status }) => [email, membership, status]);
}

import type { Command } from 'commander';
import { SCOPES } from '../access/principal';
import { AppError } from '../platform/errors/app-error';
import { addCommand, type CommandLine } from './command-line';
import { openNest } from './open-nest';
import { operator } from './operator';
import type { Session } from './session';

const CLIENT_NAME = 'sandbox story';

/** `sandbox …`: plays what is hard to wait for, on a running `npm start` without real credentials. */
export function addSandboxCommands(program: Command, line: CommandLine): void {
  const sandbox = program.command('sandbox').description('stories for the emulated Zoom and CloudLink');

  addCommand<{ json?: boolean }>(
    sandbox,
    line,
    'owner-leaves',
    'the admin who set the connector up leaves, then the standby too',
    async (session, { json }) => {
      const sandboxUrl = await runningSandbox(session);
      const { playOwnerLeaves } = await import('../sandbox-story.js');
      const end = await withClient(session, (connectorId, authorization) =>
        playOwnerLeaves({
          sandboxUrl,
          publicUrl: session.config.publicUrl,
          connectorId,
          authorization,
          tell: (text) => (json === true ? undefined : line.tell(text)),
        }),
      );
      return {
        document: end,
        text: 'The connector has outlived two admins.',
        failed: end.reads.failed > 0,
      };
    },
  );
}

async function runningSandbox({ config }: Session): Promise<string> {
  if (config.sandbox === undefined)
    throw new AppError('invalid_request', 'This plays with the sandbox only, and ZOOM_CLIENT_ID is set.');
  const url = `http://127.0.0.1:${config.sandbox.port}`;
  const isThere = await fetch(`${url}/_control/people`, { signal: AbortSignal.timeout(3_000) }).then(
    (response) => response.ok,
    () => false,
  );
  if (!isThere)
    throw new AppError('unavailable', 'The sandbox does not answer: run npm start in another terminal first.');
  return url;
}

/** A client of its own for as long as the story lasts. */
async function withClient<T>(
  session: Session,
  work: (connectorId: string, authorization: string) => Promise<T>,
): Promise<T> {
  const { rows } = await session.database.query<{ id: string }>(
    `select connector_id as id from connectors where state in ('active', 'reauthorization_required') order by created_at limit 1`,
  );
  const connectorId = rows[0]?.id;
  if (connectorId === undefined)
    throw new AppError('not_found', 'There is no connected connector: run npm start and wait for "synced".');
  const { ApiClients } = await import('../access/api-clients.service.js');
  class StoryModule {}
  return openNest(session, StoryModule, async (context) => {
    const clients = context.get(ApiClients, { strict: false });
    const { clientId, clientSecret } = await clients.create(connectorId, [...SCOPES], CLIENT_NAME, operator().actorId);
    try {
      const response = await fetch(`${session.config.publicUrl}/oauth2/token`, {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
        body: new URLSearchParams({ grant_type: 'client_credentials', scope: SCOPES.join(' ') }),
      }).catch((cause: unknown) => {
        throw new AppError('unavailable', 'The program does not answer: run npm start in another terminal first.', {
          cause,
        });
      });
      const { access_token: token } = (await response.json()) as { access_token?: string };
      return await work(connectorId, `Bearer ${token ?? ''}`);
    } finally {
      await clients.revoke(clientId, operator().actorId);
    }
  });
}

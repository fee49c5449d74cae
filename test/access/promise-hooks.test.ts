import { randomUUID } from 'node:crypto';
import type { AsyncLocalStorage } from 'node:async_hooks';
import { ApiClients } from '../../src/access/api-clients.service';
import { requestContexts } from '../../src/access/request-contexts';
import { createTestDatabase } from '../support/test-database';
import { addConnector, basic, postForm, startAccessApp } from './access-app';

describe('the contexts of oidc-provider', () => {
  it('are left alone while another server of this process makes a token', async () => {
    const database = await createTestDatabase();
    const one = await startAccessApp(database.url);
    const other = await startAccessApp(database.url);
    try {
      const connectorId = randomUUID();
      await addConnector(one.database, connectorId);
      const client = await one.app.get(ApiClients).create(connectorId, ['status:read'], 'test');
      const ask = async (server: typeof one): Promise<number> =>
        (
          await postForm(
            server.url,
            { grant_type: 'client_credentials', scope: 'status:read' },
            { authorization: basic(client.clientId, client.clientSecret) },
          )
        ).status;
      // One after the other at each, so that again and again one has none in hand while the other is in the middle of it.
      const several = async (server: typeof one, pauseMs: number): Promise<number[]> => {
        const statuses: number[] = [];
        for (let n = 0; n < 60; n += 1) {
          statuses.push(await ask(server));
          await new Promise((resolve) => setTimeout(resolve, (n * pauseMs) % 7));
        }
        return statuses;
      };
      const statuses = (await Promise.all([several(one, 3), several(other, 5)])).flat();
      expect(new Set(statuses)).toEqual(new Set([200]));
    } finally {
      await one.close();
      await other.close();
      await database.drop();
    }
  });

  it('are switched off when no token is being made, so that no promise of the process costs a hook', async () => {
    const database = await createTestDatabase();
    const server = await startAccessApp(database.url);
    try {
      const connectorId = randomUUID();
      await addConnector(server.database, connectorId);
      const client = await server.app.get(ApiClients).create(connectorId, ['status:read'], 'test');
      const contexts = requestContexts() as AsyncLocalStorage<unknown> & { enabled?: boolean };
      const run = jest.spyOn(contexts, 'run');
      const ask = (secret: string): ReturnType<typeof postForm> =>
        postForm(
          server.url,
          { grant_type: 'client_credentials', scope: 'status:read' },
          { authorization: basic(client.clientId, secret) },
        );
      const answers = await Promise.all([ask(client.clientSecret), ask('wrong'), ask(client.clientSecret)]);
      expect(answers.map(({ status }) => status)).toEqual([200, 401, 200]);
      // It is theirs indeed, and was on.
      expect(run).toHaveBeenCalledTimes(3);
      // The answer is on its way before the handler has ended. Undefined where Node needs no hooks for it (24).
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(contexts.enabled ?? false).toBe(false);
      expect((await ask(client.clientSecret)).status).toBe(200);
    } finally {
      await server.close();
      await database.drop();
    }
  });
});

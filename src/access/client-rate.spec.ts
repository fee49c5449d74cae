import { ClientRate, RateExceeded } from './client-rate';
import type { Principal } from './principal';

const session = (sessionId: string): Principal => ({
  clientId: `session/${sessionId}`,
  connectorId: 'c1',
  scopes: new Set(),
  admin: { sessionId, subjectId: 's1', email: 'a@example.com', provider: 'zoom' },
});

describe('a session of the console', () => {
  test('may ask a hundred times a second, whatever others do', async () => {
    // The limit of clients is none of its business.
    const rate = new ClientRate({ clientRateLimit: 1 });
    const ask = async (sessionId: string): Promise<unknown> => rate.take(session(sessionId));
    const answers = await Promise.allSettled(Array.from({ length: 101 }, () => ask('one')));
    expect(answers.slice(0, 100).filter(({ status }) => status === 'rejected')).toEqual([]);
    expect(answers[100]).toMatchObject({ status: 'rejected', reason: expect.any(RateExceeded) });
    expect((answers[100] as PromiseRejectedResult).reason).toMatchObject({
      code: 'too_many_requests',
      headers: { 'ratelimit-policy': '"session";q=100;w=1' },
    });
    await expect(ask('another')).resolves.toMatchObject({ ratelimit: expect.stringMatching(/r=99/) });
  });
});

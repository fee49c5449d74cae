import { AppError } from '../../platform/errors/app-error';
import type { AppCaller } from './app-identity';
import { checkAppRequest, type AppRequest } from './check-app-request';

const APP: AppCaller = { userId: 'u', platform: 'desktop', email: 'erika@example.com', zoomUserId: 'Erika1' };

function outcome(request: Partial<AppRequest>, app = APP): string {
  try {
    checkAppRequest(app, { platformIn: 'nowhere', params: { user: 'Erika1' }, query: {}, body: undefined, ...request });
    return 'passes';
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

describe('checkAppRequest', () => {
  it.each([
    ['Erika1', 'passes'],
    ['erika@example.com', 'passes'],
    [' ERIKA@Example.com ', 'passes'],
    ['erika1', 'not_found'],
    ['erika', 'not_found'],
    ['max@example.com', 'not_found'],
    ['', 'not_found'],
    [undefined, 'not_found'],
  ])('the user %j: %s', (user, expected) => {
    expect(outcome({ params: user === undefined ? {} : { user } })).toBe(expected);
  });

  it('of a user without an id at Zoom no id is the right one', () => {
    const app = { ...APP, zoomUserId: null };
    for (const user of ['Erika1', '', 'null', 'undefined'])
      expect(outcome({ params: { user } }, app)).toBe('not_found');
    expect(outcome({ params: { user: 'erika@example.com' } }, app)).toBe('passes');
  });

  it.each(['query', 'body'] as const)('the platform in the %s must be its own', (place) => {
    const of = (fields: unknown): string => outcome({ platformIn: place, [place]: fields });
    expect(of({ platform: 'desktop' })).toBe('passes');
    for (const platform of ['mobile', 'tv', '', null, ['desktop'], ['desktop', 'mobile'], {}])
      expect([platform, of({ platform })]).toEqual([platform, 'insufficient_scope']);
    // What is missing breaks the rule of its field, which says so better.
    for (const fields of [{}, undefined, null, 'desktop', []]) expect(of(fields)).toBe('passes');
    const other = place === 'query' ? 'body' : 'query';
    expect(outcome({ platformIn: place, [place]: { platform: 'mobile' }, [other]: { platform: 'desktop' } })).toBe(
      'insufficient_scope',
    );
  });

  it('a route that does not say that it is open is closed', () => {
    expect(outcome({ platformIn: undefined })).toBe('insufficient_scope');
  });

  it('tells nothing of another user, whatever the platform', () => {
    const answer = outcome({ platformIn: 'query', params: { user: 'Max' }, query: { platform: 'mobile' } });
    expect(answer).toBe('not_found');
  });
});

import { AppError } from '../../platform/errors/app-error';
import { unknownUser } from '../unknown-user';
import { parseUserKey } from '../user-key';
import type { AppCaller } from './app-identity';

/** Where a route that is open to apps is told the platform; `nowhere`: it is about the user alone. */
export type PlatformPlace = 'query' | 'body' | 'nowhere';

export interface AppRequest {
  /** What the route allows; undefined: it is closed to apps, as every route is that does not say otherwise. */
  platformIn: PlatformPlace | undefined;
  params: { user?: string };
  query: unknown;
  body: unknown;
}

/**
 * An app asks for its own user (404 for all others, as if there were none), and from its own platform (403). The platform
 * is compared as it came: what is missing or malformed passes here and is refused by the rules of its field.
 * @throws AppError `insufficient_scope`, `not_found`
 */
export function checkAppRequest(app: AppCaller, { platformIn, params, query, body }: AppRequest): void {
  if (platformIn === undefined)
    throw new AppError(
      'insufficient_scope',
      'The access token of an app opens the status, the registration and the reports of its own user, nothing else.',
    );
  if (params.user === undefined || !isNamed(app, params.user)) throw unknownUser();
  const asked = platformIn === 'nowhere' ? undefined : platformOf(platformIn === 'query' ? query : body);
  if (asked !== undefined && asked !== app.platform)
    throw new AppError('insufficient_scope', `This access token is for the platform ${app.platform} only.`);
}

function isNamed(app: AppCaller, user: string): boolean {
  const { kind, value } = parseUserKey(user);
  return value === (kind === 'email' ? app.email : app.zoomUserId);
}

const platformOf = (fields: unknown): unknown =>
  typeof fields === 'object' && fields !== null ? (fields as { platform?: unknown }).platform : undefined;

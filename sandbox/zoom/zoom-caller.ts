import type { ZoomPerson } from '../people';
import { zoomPrivileges } from '../people';
import type { SandboxRequest } from '../http/request';
import type { World } from '../world';
import { refuseZoom } from './zoom-error';
import type { ZoomTokens } from './zoom-tokens';

/**
 * The person in whose name an API request comes.
 * @throws Refusal 401/124 for the token, 4711 for the scope (400 unless set otherwise), 400/200 for the role
 */
export function zoomCaller(
  world: World,
  tokens: ZoomTokens,
  request: SandboxRequest,
  scope: string,
  privilege?: string,
): ZoomPerson {
  if (request.query.has('access_token')) {
    throw refuseZoom(401, 124, 'Invalid access token, this access token is not supported as query parameter string.');
  }
  const token = /^bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const check = token === undefined ? undefined : tokens.checkAccess(token);
  if (check?.kind === 'expired') throw refuseZoom(401, 124, 'Access token is expired.');
  const { zoomAppDisabled, zoomAdminDisabled } = world.settings;
  const person = check?.kind === 'valid' ? world.cast.zoomPerson(check.family.person) : undefined;
  const isRefused = person?.status === 'inactive' && world.settings.zoomInactiveAdminTokens === 'refused';
  if (check?.kind !== 'valid' || person === undefined || zoomAppDisabled || zoomAdminDisabled || isRefused) {
    throw refuseZoom(401, 124, 'Invalid access token.');
  }
  if (!check.family.scope.split(' ').includes(scope)) {
    throw refuseZoom(
      Number(world.settings.zoomScopeStatus),
      4711,
      `Invalid access token, does not contain scopes:[${scope}].`,
    );
  }
  if (privilege !== undefined && !zoomPrivileges(person.role).includes(privilege))
    throw refuseZoom(400, 200, 'No permission.');
  return person;
}

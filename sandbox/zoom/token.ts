import { timingSafeEqual } from 'node:crypto';
import { json, type Answer } from '../http/answer';
import type { SandboxRequest } from '../http/request';
import type { Route, Visit } from '../http/router';
import { provesChallenge } from '../oauth/check-pkce';
import type { Family } from '../oauth/token-families';
import type { ZoomEvents } from '../webhooks/zoom-events';
import type { World } from '../world';
import { refuseZoom, refuseZoomToken } from './zoom-error';
import type { ZoomTokens } from './zoom-tokens';

const CODE_LIFETIME_MS = 5 * 60_000;

/** Zoom's token and revocation endpoints: HTTP Basic only, `{reason, error}` under 400. */
export function zoomTokenRoutes(world: World, tokens: ZoomTokens, events: ZoomEvents): Route[] {
  const grantType = (request: SandboxRequest): string => parameter(request, 'grant_type') ?? 'none';
  return [
    {
      method: 'POST',
      pattern: '/zoom/oauth/token',
      service: 'zoom',
      kinds: (request) => ['zoom.token', `zoom.token.${grantType(request)}`],
      handle: (visit) => token(world, tokens, visit),
    },
    {
      method: 'POST',
      pattern: '/zoom/oauth/revoke',
      service: 'zoom',
      kinds: () => ['zoom.revoke'],
      handle: ({ request }) => revoke(world, tokens, events, request),
    },
  ];
}

/** Zoom takes these from the form or from the query; tokens from the form only. */
const parameter = (request: SandboxRequest, name: string): string | undefined =>
  request.fields[name] ?? request.query.get(name) ?? undefined;

function token(world: World, tokens: ZoomTokens, visit: Visit): Answer {
  const { request } = visit;
  refuseTokenInQuery(request, 'refresh_token');
  checkClient(world, request);
  switch (parameter(request, 'grant_type')) {
    case 'authorization_code':
      return json(200, tokens.answer(redeem(world, visit)));
    case 'refresh_token':
      return json(200, tokens.answer(rotate(world, tokens, request)));
    case undefined:
      throw refuseZoomToken('Missing grant type', 'invalid_request', 4706);
    default:
      throw refuseZoomToken('Unsupported grant type', 'unsupported_grant_type', 4705);
  }
}

/** Refused since 2023. */
function refuseTokenInQuery(request: SandboxRequest, name: string): void {
  if (!request.query.has(name)) return;
  throw refuseZoom(401, 124, 'Invalid access token, this access token is not supported as query parameter string.');
}

function checkClient(world: World, request: SandboxRequest): void {
  const [scheme = '', encoded = ''] = (request.headers.authorization ?? '').split(' ');
  const given = scheme.toLowerCase() === 'basic' ? Buffer.from(encoded, 'base64').toString('utf8') : '';
  const { zoomClientId } = world.options;
  // Several: old and new secret both work while the secret is being changed.
  if (!world.zoomClientSecrets.some((secret) => same(given, `${zoomClientId}:${secret}`))) {
    throw refuseZoomToken('Invalid client_id or client_secret', 'invalid_client', 4702);
  }
  // 4717. How it looks here is not documented; it concerns the app and not the grant, hence not invalid_grant.
  if (world.settings.zoomAppDisabled) throw refuseZoomToken('The app has been disabled', 'invalid_client', 4717);
}

function same(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

function redeem(world: World, { request, fault }: Visit): Family {
  const text = parameter(request, 'code') ?? '';
  // Taken before it is looked at: a code that was presented wrongly is spent too.
  const code = world.zoomCodes.take(text);
  const isTooOld =
    code === undefined || fault?.fault === 'expire-code' || world.clock.now() - code.issuedMs >= CODE_LIFETIME_MS;
  if (isTooOld)
    throw refuseZoomToken(`Invalid authorization code ${text}`, 'invalid_request', code === undefined ? 4734 : 4733);
  // The body is inferred.
  if (parameter(request, 'redirect_uri') !== code.redirectUri)
    throw refuseZoomToken('Redirect URI mismatch', 'invalid_request', 4709);
  // The body is inferred from RFC 7636 section 4.6.
  if (!provesChallenge(code.challenge, code.challengeMethod, parameter(request, 'code_verifier'))) {
    throw refuseZoomToken('Invalid code verifier', 'invalid_grant');
  }
  // A second authorisation of the same user and app revokes all earlier tokens (4741).
  world.families.close((old) => old.side === 'zoom' && old.person === code.person && old.clientId === code.clientId);
  return world.families.open({
    side: 'zoom',
    person: code.person,
    clientId: code.clientId,
    scope: world.settings.zoomScope,
  });
}

function rotate(world: World, tokens: ZoomTokens, request: SandboxRequest): Family {
  const family = tokens.checkRefresh(request.fields['refresh_token'] ?? '');
  // Rotated, revoked, owner gone, approval withdrawn: live, all were seen as this one answer.
  if (typeof family === 'number') throw refuseZoomToken('Invalid Token!', 'invalid_grant', family);
  world.families.change(family, { refreshNumber: family.refreshNumber + 1, accessNumber: family.accessNumber + 1 });
  return family;
}

/** Also uninstalls the app, and reports that by webhook like an uninstallation at the marketplace. */
function revoke(world: World, tokens: ZoomTokens, events: ZoomEvents, request: SandboxRequest): Answer {
  refuseTokenInQuery(request, 'token');
  checkClient(world, request);
  const family = tokens.familyOf(request.fields['token'] ?? '');
  if (family === undefined) throw refuseZoomToken('Invalid Token!', 'invalid_request');
  world.families.close((candidate) => candidate.id === family.id);
  const person = world.cast.zoomPerson(family.person);
  if (person !== undefined) events.appDeauthorised(person);
  return json(200, { status: 'success' });
}

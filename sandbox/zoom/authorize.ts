import { accountPlan } from '../accounts';
import { html, type Answer } from '../http/answer';
import { choiceForm, escapeHtml, page } from '../http/page';
import type { Route, Visit } from '../http/router';
import { acceptsRedirect } from '../oauth/accepts-redirect';
import { askOfFields, askOfQuery, type Ask } from '../oauth/read-ask';
import { redirectBack } from '../oauth/redirect-back';
import type { World } from '../world';

const PATH = '/zoom/oauth/authorize';

/** Zoom's consent page, for an app that only admins may add ("account-level"). */
export function zoomAuthorizeRoutes(world: World): Route[] {
  const common = { pattern: PATH, service: 'zoom', kinds: () => ['zoom.authorize'] } as const;
  return [
    {
      ...common,
      method: 'GET',
      handle: ({ request }) => show(world, askOfQuery(request.query)),
    },
    { ...common, method: 'POST', handle: (visit) => decide(world, visit) },
  ];
}

/** Zoom shows a page for these, and never redirects: the redirect address cannot be trusted. */
function mistake(world: World, ask: Ask): Answer | undefined {
  if (ask.client_id !== world.options.zoomClientId) return errorPage('Invalid client id (4,702)', 400);
  if (world.settings.zoomAppDisabled) return errorPage('The app has been disabled (4,717)', 400);
  if (!acceptsRedirect(ask.redirect_uri, '/oauth/zoom/callback')) return errorPage('Invalid redirect url (4,700)', 400);
  if (ask.response_type !== 'code') return errorPage('Invalid response type (4,700)', 400);
  const method = ask.code_challenge_method ?? 'plain';
  if (ask.code_challenge !== undefined && method !== 'plain' && method !== 'S256')
    return errorPage('Invalid code challenge method (4,700)', 400);
  return undefined;
}

const errorPage = (text: string, status: number): Answer => html(status, page('Zoom', `<p>${escapeHtml(text)}</p>`));

function show(world: World, ask: Ask): Answer {
  const wrong = mistake(world, ask);
  if (wrong !== undefined) return wrong;
  // Who is deactivated cannot sign in.
  const people = world.cast.zoomPeople().filter((person) => person.status === 'active');
  const choices = people.map((person) => ({
    value: person.key,
    label: `${person.firstName} ${person.lastName} – ${person.role}, ${accountPlan(person.account).company}`,
  }));
  const scopes = world.settings.zoomScope.split(' ').map((scope) => `<li>${escapeHtml(scope)}</li>`);
  const form = choiceForm({
    side: 'zoom',
    action: PATH,
    hidden: ask,
    choices,
    chosen: ask.login_hint,
    allow: 'Allow',
    decline: 'Decline',
  });
  return html(200, page('Zoom: allow this app?', `<p>The app asks for:</p><ul>${scopes.join('')}</ul>${form}`));
}

function decide(world: World, { request }: Visit): Answer {
  const ask = askOfFields(request.fields);
  const wrong = mistake(world, ask);
  if (wrong !== undefined || ask.redirect_uri === undefined)
    return wrong ?? errorPage('Invalid redirect url (4,700)', 400);
  // Zoom documents nothing about "Decline": this is RFC 6749 section 4.1.2.1, inferred.
  if (request.fields['decision'] !== 'allow')
    return redirectBack(ask.redirect_uri, { error: 'access_denied', state: ask.state });
  const person = world.cast.zoomPerson(request.fields['person'] ?? '');
  if (person?.status !== 'active') return errorPage('Choose who you are.', 400);
  if (person.role === 'member') return errorPage('An account admin is required to install this type of app.', 403);
  return redirectBack(ask.redirect_uri, { code: issue(world, ask, person.key), state: ask.state });
}

function issue(world: World, ask: Ask, person: string): string {
  return world.zoomCodes.issue({
    person,
    clientId: ask.client_id ?? '',
    redirectUri: ask.redirect_uri,
    challenge: ask.code_challenge,
    challengeMethod: ask.code_challenge_method ?? 'plain',
    issuedMs: world.clock.now(),
  });
}

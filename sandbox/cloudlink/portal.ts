import { accountPlan } from '../accounts';
import { html, type Answer } from '../http/answer';
import { choiceForm, escapeHtml, page } from '../http/page';
import type { Route, Visit } from '../http/router';
import { acceptsRedirect } from '../oauth/accepts-redirect';
import { askOfFields, askOfQuery, type Ask } from '../oauth/read-ask';
import { redirectBack } from '../oauth/redirect-back';
import type { World } from '../world';

const PATH = '/cloudlink/portal/authorize';

/** The browser login of CloudLink ("Mitel Auth Portal"). PKCE is not documented; when a challenge is given it is enforced. */
export function portalRoutes(world: World): Route[] {
  const common = { pattern: PATH, service: 'cloudlink', kinds: () => ['cloudlink.portal'] } as const;
  return [
    {
      ...common,
      method: 'GET',
      handle: ({ request }) => show(world, askOfQuery(request.query)),
    },
    { ...common, method: 'POST', handle: (visit) => decide(world, visit) },
  ];
}

function mistake(world: World, ask: Ask): Answer | undefined {
  if (ask.client_id !== world.options.cloudlinkClientId)
    return errorPage('This application is not known or not enabled for the account.');
  if (!acceptsRedirect(ask.redirect_uri, '/oauth/cloudlink/callback'))
    return errorPage('The redirect address is not registered.');
  if (ask.response_type !== 'code') return errorPage('The response type must be code.');
  return undefined;
}

const errorPage = (text: string): Answer => html(400, page('Mitel CloudLink', `<p>${escapeHtml(text)}</p>`));

function show(world: World, ask: Ask): Answer {
  const wrong = mistake(world, ask);
  if (wrong !== undefined) return wrong;
  const choices = world.cast.logins().map((login) => ({
    value: login.key,
    label: `${login.name} <${login.email}> – ${login.role}, ${accountPlan(login.account).company}`,
  }));
  const form = choiceForm({
    side: 'cloudlink',
    action: PATH,
    hidden: ask,
    choices,
    chosen: ask.login_hint,
    allow: 'Log in',
    decline: 'Cancel',
  });
  return html(200, page('Mitel CloudLink: log in', form));
}

function decide(world: World, { request }: Visit): Answer {
  const ask = askOfFields(request.fields);
  const wrong = mistake(world, ask);
  if (wrong !== undefined || ask.redirect_uri === undefined)
    return wrong ?? errorPage('The redirect address is not registered.');
  // What cancelling does is not documented: inferred from RFC 6749 section 4.1.2.1.
  if (request.fields['decision'] !== 'allow')
    return redirectBack(ask.redirect_uri, { error: 'access_denied', state: ask.state });
  const login = world.cast.login(request.fields['person'] ?? '');
  if (login === undefined) return errorPage('Choose who you are.');
  const code = world.cloudlinkCodes.issue({
    person: login.key,
    clientId: ask.client_id ?? '',
    redirectUri: ask.redirect_uri,
    challenge: ask.code_challenge,
    challengeMethod: ask.code_challenge_method ?? 'plain',
    issuedMs: world.clock.now(),
  });
  return redirectBack(ask.redirect_uri, { code, state: ask.state });
}

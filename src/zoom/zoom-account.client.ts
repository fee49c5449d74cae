import { AppError } from '../platform/errors/app-error';
import type { AsGrant } from '../platform/remote/as-grant';
import { callAsGrant } from '../platform/remote/call-as-grant';
import type { RateClass } from '../platform/remote/call-limits';
import { asArray, asInteger, asObject, asText } from '../platform/remote/read-fields';
import type { RemoteAnswer, RemoteHttp } from '../platform/remote/remote-http';
import { expectZoom, isZoomPrivilegeRefused, isZoomScopeMissing, readZoomError, ZOOM_REFUSALS } from './zoom-errors';

/** Whether a feature of the account is on; the last two: the grant may not ask. */
export type ZoomFeature = 'on' | 'off' | 'scope_missing' | 'privilege_missing';

/** What the user list tells of a user's licence and app. */
export interface ZoomSeat {
  email: string;
  /** 1 Basic, 2 Licensed, 4 Unassigned, 99 None. */
  type: number | undefined;
  /** A plan of the old "Zoom United" bundles. */
  unitedPlan: string | undefined;
  /** Of the app in which the user signed in last, such as `6.3.6.1234(win)`. */
  lastClientVersion: string | undefined;
}

const MOST_USERS = 2000;
/** "Zoom Phone has not been enabled for this account"; 2013 is its older number. */
const PHONE_OFF = new Set([2031, 2013]);

/** What a look before the start asks of a Zoom account (Zoom's REST API v2, as documented); nothing here changes anything. */
export class ZoomAccountClient {
  constructor(
    private readonly http: RemoteHttp,
    private readonly apiUrl: string,
  ) {}

  /** GET /phone/settings answers only where Zoom Phone is set up. */
  async phone(grant: AsGrant, signal: AbortSignal): Promise<ZoomFeature> {
    const answer = await this.get(grant, 'light', 'zoom.phone.settings', '/phone/settings', signal);
    if (answer.status === 403 && PHONE_OFF.has(readZoomError(answer).code ?? 0)) return 'off';
    const refused = refusal(answer);
    if (refused !== undefined) return refused;
    // Every field of the settings is optional; an error has a code, under HTTP 200 too.
    const body = asObject(answer.body);
    if (answer.status === 200 && body !== undefined && !('code' in body)) return 'on';
    expectZoom(answer, 'zoom.phone.settings', 'byoc');
    return 'on';
  }

  /** GET /sip_phones/phones is refused, under HTTP 200, while Zoom has not switched Phone System Integration on. */
  async phoneSystemIntegration(grant: AsGrant, signal: AbortSignal): Promise<ZoomFeature> {
    const path = '/sip_phones/phones?page_size=1';
    const answer = await this.get(grant, 'medium', 'zoom.sip_phones', path, signal);
    if (/enable sip phone/i.test(readZoomError(answer).message)) return 'off';
    const refused = refusal(answer);
    if (refused !== undefined) return refused;
    expectZoom(answer, 'zoom.sip_phones', 'phones');
    return 'on';
  }

  /** GET /users, active ones, `pages` × 2000 of them at most. `isWhole`: there are no more. */
  async seats(grant: AsGrant, pages: number, signal: AbortSignal): Promise<{ seats: ZoomSeat[]; isWhole: boolean }> {
    const seats: ZoomSeat[] = [];
    let pageToken: string | undefined;
    for (let page = 1; page <= pages; page += 1) {
      const query = new URLSearchParams({ status: 'active', page_size: String(MOST_USERS) });
      if (pageToken !== undefined) query.set('next_page_token', pageToken);
      const answer = await this.get(grant, 'medium', 'zoom.users', `/users?${query.toString()}`, signal);
      const body = expectZoom(answer, 'zoom.users', 'users');
      const items = asArray(body['users']);
      if (items === undefined)
        throw new AppError('provider_answer_invalid', 'Zoom sent a user list that is not a list.');
      seats.push(...items.flatMap(readSeat));
      pageToken = asText(body['next_page_token'], 4096);
      if (pageToken === undefined) return { seats, isWhole: true };
    }
    return { seats, isWhole: false };
  }

  private get(
    grant: AsGrant,
    rateClass: RateClass,
    name: string,
    path: string,
    signal: AbortSignal,
  ): Promise<RemoteAnswer> {
    return callAsGrant(grant, ZOOM_REFUSALS, (token) =>
      this.http.send({
        provider: 'zoom',
        account: grant.accountId,
        rateClass,
        name,
        method: 'GET',
        url: `${this.apiUrl}${path}`,
        headers: { authorization: `Bearer ${token}` },
        signal,
        repeatable: true,
      }),
    );
  }
}

function refusal(answer: RemoteAnswer): ZoomFeature | undefined {
  if (isZoomScopeMissing(answer)) return 'scope_missing';
  return isZoomPrivilegeRefused(answer) ? 'privilege_missing' : undefined;
}

function readSeat(item: unknown): ZoomSeat[] {
  const user = asObject(item);
  const email = asText(user?.['email'], 254);
  if (user === undefined || email === undefined) return [];
  return [
    {
      email,
      type: asInteger(user['type']),
      unitedPlan: asText(user['plan_united_type'], 32),
      lastClientVersion: asText(user['last_client_version'], 64),
    },
  ];
}

import { json, type Answer } from '../http/answer';
import type { Route, Visit } from '../http/router';
import { zoomPrivileges } from '../people';
import type { World } from '../world';
import { zoomCaller } from './zoom-caller';
import { refuseZoom, zoomError } from './zoom-error';
import type { ZoomTokens } from './zoom-tokens';

/** `GET /phone/settings`, `/sip_phones/phones`: whether Zoom Phone is set up, and whether Zoom has enabled PSI. */
export function zoomPhoneRoutes(world: World, tokens: ZoomTokens): Route[] {
  return [
    {
      method: 'GET',
      pattern: '/zoom/v2/phone/settings',
      service: 'zoom',
      kinds: () => ['zoom.phone.settings'],
      handle: (visit) => phoneSettings(world, tokens, visit),
    },
    {
      method: 'GET',
      pattern: '/zoom/v2/sip_phones/phones',
      service: 'zoom',
      kinds: () => ['zoom.sip_phones'],
      handle: (visit) => sipPhones(world, tokens, visit),
    },
  ];
}

function phoneSettings(world: World, tokens: ZoomTokens, { request }: Visit): Answer {
  zoomCaller(world, tokens, request, 'phone:read:settings:admin', 'PbxAdmin:Read');
  if (world.settings.zoomPhone === 'not-enabled')
    throw refuseZoom(403, 2031, 'Zoom Phone has not been enabled for this account.');
  return json(200, {
    byoc: { enable: true },
    country: { code: 'DE', name: 'Germany' },
    multiple_sites: { enabled: false, site_code: false },
  });
}

/** Mitel's phones are not listed here: Zoom pulls them from the connector. That PSI is off is told under HTTP 200. */
function sipPhones(world: World, tokens: ZoomTokens, { request }: Visit): Answer {
  const caller = zoomCaller(world, tokens, request, 'sip_phone:read:list_sip_phones:admin');
  if (world.settings.zoomPsi === 'off')
    return zoomError(200, 200, 'Permission missing. Enable SIP phone integration by contacting a Zoom admin first.');
  if (!zoomPrivileges(caller.role).includes('SipPhone:Read')) throw refuseZoom(403, 3306, 'No permission.');
  return json(200, { next_page_token: '', page_size: 30, phones: [] });
}

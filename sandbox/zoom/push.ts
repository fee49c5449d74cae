import { empty, type Answer } from '../http/answer';
import type { Route, Visit } from '../http/router';
import type { World } from '../world';
import { zoomCaller } from './zoom-caller';
import { refuseZoom, refuseZoomField } from './zoom-error';
import type { ZoomTokens } from './zoom-tokens';

const MOST_KEPT = 5000;

/** `POST /phone_system_integration/push`: an emulator invention, as Zoom publishes nothing. Any admin's token will do. */
export function zoomPushRoutes(world: World, tokens: ZoomTokens): Route[] {
  return [
    {
      method: 'POST',
      pattern: '/zoom/v2/phone_system_integration/push',
      service: 'zoom',
      kinds: () => ['zoom.push'],
      handle: (visit) => push(world, tokens, visit),
    },
  ];
}

function push(world: World, tokens: ZoomTokens, { request }: Visit): Answer {
  const caller = zoomCaller(world, tokens, request, 'user:read:user:admin');
  const { provider, param = '', prid, purr, call_id: callId } = request.fields;
  for (const [field, value] of Object.entries({ provider, prid, call_id: callId }))
    if (value === undefined || value === '') throw refuseZoomField(field, 'Invalid field.');
  if (world.deadPrids.has(prid ?? '')) throw refuseZoom(404, 2305, 'Device does not exist.');
  world.pushes.push({
    at: new Date(world.clock.now()).toISOString(),
    account: caller.account,
    provider,
    param,
    prid,
    purr,
    callId,
  });
  if (world.pushes.length > MOST_KEPT) world.pushes.shift();
  return empty(202);
}

import { Injectable } from '@nestjs/common';
import { GrantVault } from '../../oauth/grant-vault';
import { ZoomPushClient } from '../../zoom/zoom-push.client';
import type { Push } from './push-address';
import { PushSender, type PushOutcome } from './push-sender';

/** Zoom delivers, in the name of the connector's Zoom grant. */
@Injectable()
export class ZoomPushSender extends PushSender {
  constructor(
    private readonly vault: GrantVault,
    private readonly zoom: ZoomPushClient,
  ) {
    super();
  }

  override async send(connectorId: string, push: Push, signal: AbortSignal): Promise<PushOutcome> {
    const { tokens } = await this.vault.active(connectorId, 'zoom');
    // A refusal here says nothing of the admin's role: the privilege is not documented.
    const grant = { accountId: tokens.accountId, accessToken: tokens.accessToken.bind(tokens) };
    return this.zoom.push(grant, push, signal);
  }
}

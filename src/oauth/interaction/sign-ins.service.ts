import { Injectable } from '@nestjs/common';
import { AuthorizationRequests } from '../../access/authorization-requests';
import type { Finished } from '../authorisation.service';
import { SignInFailed } from '../sign-in-failed';

/** Where a sign-in at CloudLink comes back into the authorization (of Zoom's cloud, at us) that waited for it. */
@Injectable()
export class SignIns {
  constructor(private readonly requests: AuthorizationRequests) {}

  /** @returns where to send the browser: to the consent page, or back to the client @throws AppError `authorization_expired` */
  async goOn(after: Finished | SignInFailed): Promise<string> {
    const { interaction } = after;
    if (interaction === undefined) throw new Error('no authorization waits for this sign-in');
    if (after instanceof SignInFailed) return this.requests.decline(interaction);
    const { grant, result } = after;
    return this.requests.signedIn(interaction, {
      connectorId: result.connectorId,
      accountId: grant.accountId,
      subjectId: grant.subjectId,
      email: grant.subjectEmail,
      zoomAccountId: result.accounts.zoom,
    });
  }
}

import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import type { Interaction, InteractionResults, Provider } from 'oidc-provider';
import type { Actor } from '../platform/audit/actor';
import { CONFIG } from '../platform/config/config.token';
import type { Config } from '../platform/config/config';
import { AppError } from '../platform/errors/app-error';
import { audienceOf } from './access-token';
import { atPublicAddress } from './at-public-address';
import { AuthorizationServer } from './authorization-server';
import { Authorizations } from './authorizations.service';
import { MarketplaceClients } from './marketplace-clients.service';
import { parseScopes } from './parse-scopes';
import { AUTHORIZE_PATH, INTERACTION_PATH } from './paths';
import type { Scope } from './principal';

/** Of the consent page's address. */
export const SIGN_IN_PARAMETER = 'sign_in';

/** The admin who has signed in at CloudLink for this request, and the connector of that account. */
export interface SignIn {
  /**
   * Only the browser that came back from the sign-in is told it, and only who knows it may see the consent page and agree:
   * not a tab that shows an older sign-in, nor whoever got somebody else to finish what they had begun.
   */
  id: string;
  connectorId: string;
  accountId: string;
  subjectId: string;
  email: string;
  /** The Zoom account that the connector has already. */
  zoomAccountId: string | null;
}

/** A client's request that waits for an admin. */
export interface PendingRequest {
  uid: string;
  clientName: string;
  scopes: Scope[];
  /** Where the browser goes in the end. */
  redirectOrigin: string;
  /** undefined: nobody has signed in, or not this browser. */
  signIn: SignIn | undefined;
}

/** What is kept of the admin between sign-in and consent, in the interaction's own (sealed) row. */
type Results = InteractionResults & { signIn?: SignIn };

/** The middle of the authorization code flow: between the client's request and the answer to it stand a sign-in and a consent. */
@Injectable()
export class AuthorizationRequests {
  constructor(
    private readonly server: AuthorizationServer,
    private readonly clients: MarketplaceClients,
    private readonly authorizations: Authorizations,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * @param signInId of the sign-in that the browser knows of
   * @throws AppError `authorization_expired` when it is over, or belongs to another browser
   */
  async pending(
    uid: string,
    signInId: string | undefined,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<PendingRequest> {
    const interaction = await this.ofBrowser(uid, request, response);
    const { signIn } = resultsOf(interaction);
    const { client_id: clientId, scope, redirect_uri: redirectUri } = interaction.params;
    const client = await this.clients.findLive(String(clientId));
    if (client === undefined) throw expired('the client was revoked meanwhile');
    return {
      uid,
      clientName: client.name,
      scopes: parseScopes(String(scope)).scopes,
      redirectOrigin: new URL(String(redirectUri)).origin,
      signIn: signIn?.id === signInId ? signIn : undefined,
    };
  }

  /** Where the browser came back from the sign-in. @returns the consent page for this browser */
  async signedIn(uid: string, who: Omit<SignIn, 'id'>): Promise<string> {
    const interaction = await (await this.server.provider()).Interaction.find(uid);
    if (interaction === undefined) throw expired('the interaction is over');
    const signIn: SignIn = { id: randomUUID(), ...who };
    const result: Results = { signIn };
    interaction.result = result;
    await interaction.save(secondsLeft(interaction));
    return `${this.config.publicUrl}${INTERACTION_PATH}/${uid}?${SIGN_IN_PARAMETER}=${signIn.id}`;
  }

  /**
   * The admin agrees.
   * @param signInId of the sign-in that the page was about
   * @returns where to send the browser, which brings the code to the client; to sign in again when the page was about
   *   another one
   */
  async agree(
    uid: string,
    signInId: string | undefined,
    request: IncomingMessage,
    response: ServerResponse,
    place: Pick<Actor, 'requestId' | 'address'>,
  ): Promise<string> {
    const interaction = await this.ofBrowser(uid, request, response);
    const { signIn, consent } = resultsOf(interaction);
    // The button was pressed twice: the first time counts.
    if (consent !== undefined) return this.returnTo(uid);
    if (signIn === undefined) throw expired('nobody has signed in');
    if (signIn.id !== signInId) return `${this.config.publicUrl}${INTERACTION_PATH}/${uid}`;
    const grantId = await this.authorize(await this.server.provider(), interaction, signIn, place);
    return this.finish(interaction, { login: { accountId: signIn.accountId, remember: false }, consent: { grantId } });
  }

  /** The admin does not agree. @returns where to send the browser */
  async declineInBrowser(uid: string, request: IncomingMessage, response: ServerResponse): Promise<string> {
    return this.refuse(await this.ofBrowser(uid, request, response));
  }

  /** The same at CloudLink, from where the browser has come back with an attempt that was bound to it. */
  async decline(uid: string): Promise<string> {
    const interaction = await (await this.server.provider()).Interaction.find(uid);
    if (interaction === undefined) throw expired('the interaction is over');
    return this.refuse(interaction);
  }

  private refuse(interaction: Interaction): Promise<string> {
    return this.finish(interaction, { error: 'access_denied', error_description: 'the admin has declined' });
  }

  private async authorize(
    provider: Provider,
    { params }: Interaction,
    signIn: SignIn,
    place: Pick<Actor, 'requestId' | 'address'>,
  ): Promise<string> {
    const authorizationId = randomUUID();
    const clientId = String(params['client_id']);
    const scope = String(params['scope']);
    await this.authorizations.begin(
      {
        connectorId: signIn.connectorId,
        authorizationId,
        clientId,
        scope,
        accountId: signIn.accountId,
        subjectId: signIn.subjectId,
        subjectEmail: signIn.email,
      },
      { actorKind: 'admin', actorId: signIn.subjectId, ...place },
    );
    const grant = new provider.Grant({
      accountId: signIn.accountId,
      clientId,
      jti: authorizationId,
    } as ConstructorParameters<typeof provider.Grant>[0]);
    grant.addResourceScope(audienceOf(this.config), scope);
    return grant.save();
  }

  private async finish(interaction: Interaction, result: InteractionResults): Promise<string> {
    interaction.result = result;
    await interaction.save(secondsLeft(interaction));
    return this.returnTo(interaction.uid);
  }

  private returnTo(uid: string): string {
    return `${this.config.publicUrl}${AUTHORIZE_PATH}/${uid}`;
  }

  private async ofBrowser(uid: string, request: IncomingMessage, response: ServerResponse): Promise<Interaction> {
    const provider = await this.server.provider();
    const interaction = await provider
      .interactionDetails(atPublicAddress(request, this.config.publicUrl), response)
      .catch((error: unknown) => {
        if (error instanceof Error && error.name === 'SessionNotFound') return undefined;
        throw error;
      });
    if (interaction?.uid !== uid) throw expired('no such interaction in this browser');
    return interaction;
  }
}

const resultsOf = ({ result }: Interaction): Results => result ?? {};

const secondsLeft = ({ exp }: Interaction): number => Math.max(1, exp - Math.floor(Date.now() / 1000));

const expired = (detail: string): AppError =>
  new AppError(
    'authorization_expired',
    'This connection took too long, was finished already, or was begun in another browser.',
    { detail },
  );

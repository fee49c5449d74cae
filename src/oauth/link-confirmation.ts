import { Injectable } from '@nestjs/common';
import { Sessions } from '../access/sessions/sessions.service';
import { Keyring } from '../platform/crypto/keyring';
import { AuthorisationListener, type OtherSide } from './authorisation-listener';
import type { Provider } from './provider';

const PURPOSE = 'link-confirmation';

/** A link, and the browser that it was opened in. */
export interface OpenedLink {
  provider: Provider;
  connectorId: string;
  browser: string;
}

/**
 * A link to a side that has no account yet joins whichever account its reader signs in to with that of whoever made it, and
 * anybody can make one by setting up half a connector. So the reader is asked, unless this very browser is signed in to that connector.
 * The yes is bound to the browser: nobody can put it into a link that they send.
 */
@Injectable()
export class LinkConfirmation {
  constructor(
    private readonly listener: AuthorisationListener,
    private readonly sessions: Sessions,
    private readonly keyring: Keyring,
  ) {}

  /** @returns whom the link would join with; undefined: go on */
  async needed(link: OpenedLink, confirmed: unknown): Promise<OtherSide | undefined> {
    const other = await this.listener.otherSideOf(link.connectorId, link.provider);
    if (other === undefined || this.isYes(link, confirmed)) return undefined;
    return (await this.sessions.isOf(link.browser, link.connectorId)) ? undefined : other;
  }

  /** What the same link carries once its reader has agreed. */
  yesTo(link: OpenedLink): string {
    return this.keyring.sign(PURPOSE, textOf(link)).toString('base64url');
  }

  private isYes(link: OpenedLink, confirmed: unknown): boolean {
    return (
      typeof confirmed === 'string' && this.keyring.verify(PURPOSE, textOf(link), Buffer.from(confirmed, 'base64url'))
    );
  }
}

const textOf = ({ provider, connectorId, browser }: OpenedLink): string => `${provider}/${connectorId}/${browser}`;

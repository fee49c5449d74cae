import type { Clock } from '../platform/clock/clock';
import type { Keyring } from '../platform/crypto/keyring';
import { AppError } from '../platform/errors/app-error';
import type { Provider } from './provider';
import { ReauthorizeLinks } from './reauthorize-links';

/** Long enough for a mail to be read after a holiday, short enough for a forgotten one to be worthless. */
export const LINK_LIFETIME_DAYS = 7;
const PURPOSE = 'authorise-link';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Links that name the connector whose authorisation they renew: `…/oauth/{provider}/start?connector&expires&signature`.
 * They let nobody in: who follows one still signs in at the provider, needs the role, and must belong to the account; where that side
 * has no account yet, whoever follows one is asked first (link-confirmation.ts).
 */
export class AuthoriseLinks extends ReauthorizeLinks {
  constructor(
    private readonly publicUrl: string,
    private readonly keyring: Keyring,
    private readonly clock: Clock,
  ) {
    super();
  }

  override linkFor(connectorId: string, provider: Provider): { url: string; expiresAt: Date } {
    const expires = Math.floor(this.clock.now().getTime() / 1000) + LINK_LIFETIME_DAYS * 86_400;
    const signature = this.keyring.sign(PURPOSE, textOf(provider, connectorId, String(expires)));
    const query = new URLSearchParams({
      connector: connectorId,
      expires: String(expires),
      signature: signature.toString('base64url'),
    });
    return {
      url: `${this.publicUrl}/oauth/${provider}/start?${query.toString()}`,
      expiresAt: new Date(expires * 1000),
    };
  }

  /**
   * The connector that a start link names; undefined when it names none.
   * @throws AppError `link_invalid` when it was changed or is too old
   */
  read(provider: Provider, query: Record<string, unknown>): string | undefined {
    const { connector, expires, signature } = query;
    if (connector === undefined && signature === undefined) return undefined;
    const isWellFormed =
      typeof connector === 'string' &&
      UUID.test(connector) &&
      typeof expires === 'string' &&
      /^\d{1,12}$/.test(expires) &&
      typeof signature === 'string';
    if (!isWellFormed || !this.isOurs(provider, connector, expires, signature)) {
      throw new AppError(
        'link_invalid',
        'This link is not complete, or it was changed. Copy it whole, or ask for a new one.',
      );
    }
    if (Number(expires) * 1000 <= this.clock.now().getTime()) {
      throw new AppError(
        'link_invalid',
        `This link has expired: it is valid for ${LINK_LIFETIME_DAYS} days. Ask for a new one.`,
      );
    }
    return connector;
  }

  private isOurs(provider: Provider, connector: string, expires: string, signature: string): boolean {
    const given = Buffer.from(signature, 'base64url');
    return this.keyring.verify(PURPOSE, textOf(provider, connector, expires), given);
  }
}

const textOf = (provider: Provider, connectorId: string, expires: string): string =>
  `${provider}/${connectorId}/${expires}`;

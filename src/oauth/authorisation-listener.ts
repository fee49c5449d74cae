import type { NewGrant } from './grant';
import type { Provider } from './provider';
import type { TokenSet } from './token-endpoint';

export interface Authorisation {
  grant: NewGrant;
  tokens: TokenSet;
  /** The browser that authorised: what it authorises next belongs to the same connector. */
  browser: string;
  /** The connector that the start link named, if any. */
  connectorId: string | undefined;
  /** The admin signs in to the console: this is about their own account, not about what the browser was setting up. */
  toConsole: boolean;
  requestId: string;
  address: string;
}

/** What became of it, for the page that the admin sees. */
export interface LinkResult {
  connectorId: string;
  /** The grant that was kept. */
  grantId: string;
  /** The side that is still to be authorised; undefined: both are. */
  missing: Provider | undefined;
  /** The grant waits behind another admin's. */
  standby: boolean;
  /** The accounts that are linked now, so that the admin can see whether they are the right ones. */
  accounts: Record<Provider, string | null>;
}

/** Who has authorised the one side of a connector whose other side has no account yet. */
export interface OtherSide {
  provider: Provider;
  accountId: string;
  /** Empty: nobody at present. */
  admin: string;
}

/** What the connector does when an admin has authorised. Here as a port, because oauth lies below connector. */
export abstract class AuthorisationListener {
  /** @throws AppError `account_already_linked` */
  abstract authorised(authorisation: Authorisation): Promise<LinkResult>;

  /** undefined: this side has its account, which alone may authorise it (again), or there is no such connector. */
  abstract otherSideOf(connectorId: string, provider: Provider): Promise<OtherSide | undefined>;
}

/** A call in the name of one grant: gives the access token, and a fresh one once when the provider says 401. */
export interface AsGrant {
  /** The provider's account that calls count for; undefined while it is not known. */
  readonly accountId: string | undefined;

  /**
   * @param options.rejected the token that the provider has just refused with 401: it is refreshed unless somebody did so meanwhile
   * @throws AppError `reauthorization_required` when the grant is dead, `provider_unavailable` when that cannot be known now
   */
  accessToken(options?: { rejected?: string }): Promise<string>;

  /**
   * The provider says that whoever gave this token may not do this (any more).
   * @returns whether another admin's grant has taken over, so that the same call is worth another try
   */
  lacksPrivilege?(token: string): Promise<boolean>;
}

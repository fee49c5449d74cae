/** A call in the name of one grant: gives the access token, and a fresh one once when the provider says 401. */
export interface AsGrant {
  /**
   * @param options.rejected the token that the provider has just refused with 401: it is refreshed unless somebody did so meanwhile
   * @throws AppError `reauthorization_required` when the grant is dead, `provider_unavailable` when that cannot be known now
   */
  accessToken(options?: { rejected?: string }): Promise<string>;
}

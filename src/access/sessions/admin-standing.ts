/** Looks at the provider whether an admin still has the rights by which they signed in. Here as a port, because access lies below oauth. */
export abstract class AdminStanding {
  /** What it finds stands at the grant afterwards. @throws AppError when the provider cannot be asked now */
  abstract look(connectorId: string, grantId: string): Promise<unknown>;
}

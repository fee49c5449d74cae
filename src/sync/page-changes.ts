import type { HashAlgorithm, RegistrationTarget } from '../cloudlink/cloudlink-types';
import type { ChangeKind } from '../users/changes/change-kinds';
import type { UserChange } from '../users/changes/change-log.repository';
import type { PlannedUser } from './plan-types';

/** A stored credential whose hashes were opened for comparison. */
export interface OldCredential {
  userName: string;
  authUserName: string;
  realm: string;
  ha1: Readonly<Partial<Record<HashAlgorithm, string>>>;
  targets: RegistrationTarget[];
}

/** What a planned row changes for those who follow the connector. Most updates (a name, an extension, a status): nothing. */
export function pageChanges(users: PlannedUser[], old: ReadonlyMap<string, OldCredential>): UserChange[] {
  return users.flatMap((user) => {
    const kinds = kindsOf(user, old.get(user.userId));
    return kinds.length === 0 ? [] : [{ userId: user.userId, kinds }];
  });
}

function kindsOf(user: PlannedUser, old: OldCredential | undefined): ChangeKind[] {
  const { replaces: row, credential } = user;
  const kinds: ChangeKind[] = [];
  if (row === undefined || row.status === 'removed') kinds.push('added');
  else if (row.email !== user.email || row.zoomUserId !== user.zoomUserId) kinds.push('identity');
  if (old === undefined || credential === undefined) {
    // All who are new: there is nothing to compare, and no texts to make for it.
    if (old !== credential) kinds.push('credential', 'targets');
    return kinds;
  }
  const ha1 = credential.ha1.map((hash): [HashAlgorithm, string] => [hash.algorithm, hash.ha1]);
  if (credentialText(old) !== credentialText({ ...credential, ha1: Object.fromEntries(ha1) })) kinds.push('credential');
  if (targetsText(old) !== targetsText(credential)) kinds.push('targets');
  return kinds;
}

const credentialText = (it: OldCredential): string =>
  JSON.stringify([it.userName, it.authUserName, it.realm, it.ha1.MD5 ?? null, it.ha1['SHA-256'] ?? null]);

/** In their order: where roles are equal, it is the order in which an app tries them. */
const targetsText = (it: Pick<OldCredential, 'targets'>): string =>
  JSON.stringify(it.targets.map((t) => [t.role, t.host, t.port, t.transport]));

import type { AccountNumber } from './accounts';

export type ZoomRole = 'owner' | 'admin' | 'admin-without-psi' | 'member';
export type CloudLinkRole = 'ACCOUNT_ADMIN' | 'PARTNER_ADMIN' | 'USER';

/** Somebody who can be chosen at Zoom's consent page. `key` is what tests and the form call them. */
export interface ZoomPerson {
  key: string;
  account: AccountNumber;
  id: string;
  email: string;
  firstName: string;
  lastName: string;
  role: ZoomRole;
  status: 'active' | 'inactive';
}

/** Somebody who can log in at CloudLink's portal. */
export interface CloudLinkLogin {
  key: string;
  account: AccountNumber;
  userId: string;
  email: string;
  name: string;
  role: CloudLinkRole;
  /** For the direct, non-browser authorize request. */
  password: string;
}

/** Whom a CloudLink token stands for: a person, or a service client, whose email is empty. */
export type CloudLinkPrincipal = Omit<CloudLinkLogin, 'password'>;

const zoom = (
  account: AccountNumber,
  key: string,
  role: ZoomRole,
  firstName: string,
  lastName: string,
  email: string,
): ZoomPerson => ({
  key: `${account === 1 ? 'one' : 'two'}.${key}`,
  account,
  // 22 characters, as Zoom's user ids.
  id: `zoomPerson${account}${key.replaceAll('-', '')}xxxxxxxxxxxx`.slice(0, 22),
  email,
  firstName,
  lastName,
  role,
  status: 'active',
});

/** Accounts 1 and 2; neither is known to CloudLink as a telephone user. */
export const ZOOM_PEOPLE: readonly ZoomPerson[] = [
  zoom(1, 'owner', 'owner', 'Olga', 'Öhlschläger', 'Olga.Owner@nordwind.example'),
  zoom(1, 'admin', 'admin', 'Ada', 'Łukasiewicz', 'Ada.Admin@nordwind.example'),
  zoom(1, 'second-admin', 'admin', 'Sven', 'Sørensen', 'Sven.Second@nordwind.example'),
  zoom(1, 'admin-without-psi', 'admin-without-psi', 'Nina', 'Núñez', 'Nina.NoPsi@nordwind.example'),
  zoom(1, 'member', 'member', 'Max', 'Groß', 'Max.Member@nordwind.example'),
  zoom(2, 'owner', 'owner', 'Otto', 'Übermut', 'Otto.Owner@suedstern.example'),
  zoom(2, 'admin', 'admin', 'Alma', 'Ångström', 'Alma.Admin@suedstern.example'),
  zoom(2, 'second-admin', 'admin', 'Sara', 'Şahin', 'Sara.Second@suedstern.example'),
  zoom(2, 'admin-without-psi', 'admin-without-psi', 'Noah', 'Nováček', 'Noah.NoPsi@suedstern.example'),
  zoom(2, 'member', 'member', 'Mia', 'Weiß', 'Mia.Member@suedstern.example'),
];

const login = (
  account: AccountNumber,
  key: string,
  place: number,
  role: CloudLinkRole,
  name: string,
  email: string,
): CloudLinkLogin => ({
  key: `${account === 1 ? 'one' : 'two'}.${key}`,
  account,
  userId: `a${account}000000-0000-4000-8000-00000000000${place}`,
  email,
  name,
  role,
  password: `sandbox-login-${account}-${key}`,
});

export const CLOUDLINK_LOGINS: readonly CloudLinkLogin[] = [
  login(1, 'account-admin', 1, 'ACCOUNT_ADMIN', 'Clara Jäger', 'clara.admin@nordwind.example'),
  login(1, 'second-admin', 2, 'ACCOUNT_ADMIN', 'Dmitri Größ', 'dmitri.admin@nordwind.example'),
  login(1, 'partner-admin', 3, 'PARTNER_ADMIN', 'Petra Partnér', 'petra@partner.example'),
  login(1, 'user', 4, 'USER', 'Uwe Nützer', 'uwe.user@nordwind.example'),
  login(2, 'account-admin', 1, 'ACCOUNT_ADMIN', 'Carlos Ibáñez', 'carlos.admin@suedstern.example'),
  login(2, 'second-admin', 2, 'ACCOUNT_ADMIN', 'Dora Müßig', 'dora.admin@suedstern.example'),
  login(2, 'partner-admin', 3, 'PARTNER_ADMIN', 'Pavel Partnér', 'pavel@partner.example'),
  login(2, 'user', 4, 'USER', 'Ulla Bürger', 'ulla.user@suedstern.example'),
];

const ZOOM_ROLES: Record<ZoomRole, { roleId: string; roleName: string }> = {
  owner: { roleId: '0', roleName: 'Owner' },
  admin: { roleId: '1', roleName: 'Admin' },
  'admin-without-psi': { roleId: 'RsandboxRoleWithoutPsi1', roleName: 'IT Admin without PSI' },
  member: { roleId: '2', roleName: 'Member' },
};

/** What Zoom calls a role in `role_id` and `role_name`. */
export const zoomRole = (role: ZoomRole): { roleId: string; roleName: string } => ZOOM_ROLES[role];

const ADMIN_PRIVILEGES = [
  'User:Read',
  'User:Edit',
  'Role:Read',
  'Role:Edit',
  'PbxAdmin:Read',
  'PbxAdmin:Edit',
  'MarketPlace:Read',
  'MarketPlace:Edit',
];

/** What `GET /users/{id}/permissions` says. Zoom's role setting "Phone System Integration" is SipPhone:Read and :Edit. */
export function zoomPrivileges(role: ZoomRole): string[] {
  if (role === 'member') return [];
  return role === 'admin-without-psi' ? ADMIN_PRIVILEGES : [...ADMIN_PRIVILEGES, 'SipPhone:Read', 'SipPhone:Edit'];
}

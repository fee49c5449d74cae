/** One customer, with an account on each side. Account 1 belongs with 1, 2 with 2: their users have the same emails. */
export interface AccountPlan {
  number: AccountNumber;
  company: string;
  domain: string;
  zoomAccountId: string;
  zoomAccountNumber: number;
  cloudlinkAccountId: string;
  /** CloudLink accepts the number wherever it accepts the GUID of a login's account. */
  cloudlinkAccountNumber: string;
  partnerId: string;
  /** E.164 without the extension. */
  numberPrefix: string;
}

export type AccountNumber = 1 | 2;

const PARTNER_ID = 'bad0c0de-0000-4000-8000-0000000000aa';

/** Ids do not depend on the seed, so that logs and stored data of different runs can be compared. */
export const ACCOUNTS: readonly AccountPlan[] = [
  {
    number: 1,
    company: 'Nordwind GmbH',
    domain: 'nordwind.example',
    zoomAccountId: 'nordwindZoomAccount001',
    zoomAccountNumber: 100_200_301,
    cloudlinkAccountId: 'c1000000-0000-4000-8000-000000000001',
    cloudlinkAccountNumber: '700100001',
    partnerId: PARTNER_ID,
    numberPrefix: '+4989700',
  },
  {
    number: 2,
    company: 'Südstern AG',
    domain: 'suedstern.example',
    zoomAccountId: 'suedsternZoomAccount02',
    zoomAccountNumber: 100_200_302,
    cloudlinkAccountId: 'c2000000-0000-4000-8000-000000000002',
    cloudlinkAccountNumber: '700100002',
    partnerId: PARTNER_ID,
    numberPrefix: '+4330900',
  },
];

/** The second account stays small: it is there for conflicts and for the separation of tenants. */
const SECOND_ACCOUNT_USERS = 40;

export function usersOf(account: AccountNumber, users: number): number {
  return account === 1 ? users : Math.min(users, SECOND_ACCOUNT_USERS);
}

export function accountPlan(number: AccountNumber): AccountPlan {
  const plan = ACCOUNTS.find((candidate) => candidate.number === number);
  if (plan === undefined) throw new Error(`the sandbox has no account ${number}`);
  return plan;
}

export const USER_SORTS = ['email', 'displayName', 'extension', 'pbx', 'status', 'since', 'syncedAt'] as const;
export type UserSort = (typeof USER_SORTS)[number];

export const SORT_ORDERS = ['asc', 'desc'] as const;

/** Users whose keys are equal follow by email, from a to z in both directions; those without a key come last in both. */
export interface UserOrder {
  sort: UserSort;
  order: (typeof SORT_ORDERS)[number];
}

/** Where a page ends: the key of its last user as text (null: the user has none), and the email, which is unique. */
export interface UserPlace {
  key: string | null;
  email: string;
}

export const BY_EMAIL: UserOrder = { sort: 'email', order: 'asc' };

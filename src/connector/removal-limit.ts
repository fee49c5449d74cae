/** The share of its users that a sync may remove without asking a person, where the connector says nothing else. */
export const DEFAULT_REMOVAL_LIMIT_PERCENT = 5;

/** Over half of the users always needs a person, so that more than this would mean nothing. */
export const MAX_REMOVAL_LIMIT_PERCENT = 50;

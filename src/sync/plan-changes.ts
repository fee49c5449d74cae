import type { PsiProblem, PsiUser } from '../cloudlink/cloudlink-types';
import { assertNever } from '../platform/errors/assert-never';
import { normaliseEmail } from '../platform/text/normalise-email';
import { statusAfterSync } from '../users/status-after-sync';
import type { CredentialState } from '../users/user-status';
import { bridgeEmails } from './bridge-emails';
import { isServed } from './is-served';
import { shownName } from './describe-user';
import { pickClaimants } from './pick-claimants';
import type {
  ListedZoomUser,
  LockedUser,
  PageFacts,
  Plan,
  PlannedProblem,
  PlannedUser,
  StoredUser,
} from './plan-types';

/** Stands for "claimed, but by nobody whom we could name" in Plan.seen; no CloudLink id is empty. */
const NOBODY = '';

/** What one page of CloudLink changes. Pure: it reads and writes nothing, so the whole rule book is tested as a table. */
export function planChanges(page: PageFacts): Plan {
  const plan: Plan = {
    insert: [],
    update: [],
    returned: 0,
    unchanged: 0,
    movedZoomIds: [],
    problems: [],
    seen: new Map(),
    claims: new Map(),
    unattributed: 0,
  };
  const takenZoomIds = new Set<string>();
  const linkedTo = (email: string): string | null | undefined => page.stored.byEmail.get(email)?.cloudlinkUserId;
  for (const { email, winner, refused } of pickClaimants(bridgeEmails(page), page.seen, linkedTo)) {
    // Of those whom nobody has chosen it does not matter.
    const matters = page.membership === 'automatic' || page.stored.byEmail.get(email)?.membership === 'chosen';
    if (matters) plan.problems.push(...refused.map((user) => duplicateEmail(email, user)));
    const holder = winner?.userId ?? page.seen.get(email) ?? NOBODY;
    plan.seen.set(email, holder);
    if (holder === NOBODY) plan.claims.set(email, holder);
    if (winner !== undefined) planUser(page, plan, takenZoomIds, email, winner);
  }
  for (const problem of page.problems) planProblem(page, plan, problem);
  return plan;
}

function planUser(page: PageFacts, plan: Plan, takenZoomIds: Set<string>, email: string, user: PsiUser): void {
  const zoom = page.zoomUsers.get(email);
  const stored = page.stored.byEmail.get(email) ?? renamedUser(page, zoom);
  if (page.membership === 'chosen' && stored?.membership !== 'chosen') return;
  if (zoom === undefined) {
    plan.problems.push(noZoomUser(email, user));
    return;
  }
  if (zoom.id !== null && (takenZoomIds.has(zoom.id) || isAnothers(page, email, zoom.id))) {
    plan.problems.push(duplicateZoomUser(email, user));
    plan.claims.set(email, user.userId);
    return;
  }
  if (zoom.id !== null) takenZoomIds.add(zoom.id);
  const fingerprint = page.fingerprintOf(user, zoom, email);
  if (stored !== undefined && stored.status !== 'removed' && stored.fingerprint === fingerprint) {
    // A shifting list may show a user twice; that is not two users.
    if (!page.seen.has(email)) plan.unchanged += 1;
    return;
  }
  const planned = plannedUser(page, stored, email, user, zoom, fingerprint);
  (stored === undefined ? plan.insert : plan.update).push(planned);
  if (stored?.status === 'removed') plan.returned += 1;
  const mayBeHeld = stored === undefined ? page.stored.byZoomId.has(zoom.id ?? '') : stored.zoomUserId !== zoom.id;
  if (zoom.id !== null && mayBeHeld) plan.movedZoomIds.push({ userId: planned.userId, zoomUserId: zoom.id });
}

/** A Zoom user who got a new email keeps their row, unless the old email still belongs to somebody. */
function renamedUser(page: PageFacts, zoom: ListedZoomUser | undefined): StoredUser | undefined {
  if (zoom === undefined || zoom.id === null) return undefined;
  const stored = page.stored.byZoomId.get(zoom.id);
  return stored !== undefined && !page.zoomUsers.has(stored.email) ? stored : undefined;
}

/** Zoom lists the user under the email of whoever is stored with this id, too: they keep it, or it would change hands with every sync. */
function isAnothers(page: PageFacts, email: string, zoomUserId: string): boolean {
  const holder = page.stored.byZoomId.get(zoomUserId);
  if (holder === undefined || holder.email === email || !isServed(holder, page.membership)) return false;
  return page.zoomUsers.get(holder.email)?.id === zoomUserId;
}

const isLocked = (user: StoredUser | LockedUser): user is LockedUser => 'registrations' in user;

/** Of a row that is not locked only the draft by which it will be: then it is planned again, on what it is by then. */
function plannedUser(
  page: PageFacts,
  stored: StoredUser | undefined,
  email: string,
  user: PsiUser,
  zoom: ListedZoomUser,
  fingerprint: string,
): PlannedUser {
  const credentialState = toCredentialState(user.status);
  const locked = stored !== undefined && isLocked(stored) ? stored : undefined;
  const draft = stored && { status: stored.status, statusSince: page.now, statusExpiresAt: null };
  const status = statusAfterSync({
    current: locked ?? draft,
    credential: credentialState,
    zoomStatus: zoom.status,
    removed: false,
    registrations: locked?.registrations ?? [],
    now: page.now,
  });
  return {
    userId: stored?.userId ?? page.newUserId(email),
    replaces: stored,
    email,
    displayName: shownName(user, zoom),
    hasZoomName: user.displayName === '',
    zoomUserId: zoom.id,
    zoomStatus: zoom.status,
    cloudlinkUserId: user.userId,
    extension: user.extension ?? null,
    pbx: user.pbx,
    licences: user.licences,
    credentialState,
    credential: credentialState === 'ready' ? user.credential : undefined,
    fingerprint,
    status: status.status,
    statusSince: status.statusSince,
    statusExpiresAt: status.statusExpiresAt,
  };
}

function toCredentialState(status: PsiUser['status']): CredentialState {
  switch (status) {
    case 'ready':
      return 'ready';
    case 'pending':
      return 'none';
    case 'revoked':
      return 'revoked';
    default:
      return assertNever(status);
  }
}

/** A broken item is reported, and counts as seen: what was stored of its user stays in use. */
function planProblem(page: PageFacts, plan: Plan, problem: PsiProblem): void {
  const email = problem.email === undefined ? undefined : normaliseEmail(problem.email);
  const known = problem.userId === undefined ? undefined : page.stored.byCloudLinkId.get(problem.userId);
  for (const name of [email, known?.email]) {
    if (name !== undefined && name !== '' && !plan.seen.has(name) && !page.seen.has(name)) {
      plan.seen.set(name, problem.userId ?? NOBODY);
      plan.claims.set(name, problem.userId ?? NOBODY);
    }
  }
  if (email === undefined && problem.userId === undefined) plan.unattributed += 1;
  plan.problems.push({
    code: problem.code,
    email: email ?? null,
    cloudlinkUserId: problem.userId ?? null,
    field: problem.field,
    detail: problem.detail,
  });
}

const duplicateEmail = (email: string, user: PsiUser): PlannedProblem => ({
  code: 'duplicate_email',
  email,
  cloudlinkUserId: user.userId,
  field: 'email',
  detail: 'Another CloudLink user has the same email address, so it is not known whose Zoom user this is.',
});

const noZoomUser = (email: string, user: PsiUser): PlannedProblem => ({
  code: 'no_zoom_user',
  email,
  cloudlinkUserId: user.userId,
  field: null,
  detail: 'No Zoom user has this email address.',
});

const duplicateZoomUser = (email: string, user: PsiUser): PlannedProblem => ({
  code: 'duplicate_zoom_user',
  email,
  cloudlinkUserId: user.userId,
  field: null,
  detail: 'Zoom lists the same user under two email addresses, and the other one is in use here.',
});

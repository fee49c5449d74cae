import {
  CLOUDLINK_LOGINS,
  ZOOM_PEOPLE,
  type CloudLinkLogin,
  type CloudLinkRole,
  type ZoomPerson,
  type ZoomRole,
} from '../people';

/** The persons as they are now: roles may have been changed, people may have been deactivated or have left. */
export class Cast {
  private readonly zoomRoles = new Map<string, ZoomRole>();
  private readonly cloudlinkRoles = new Map<string, CloudLinkRole>();
  private readonly zoomStatuses = new Map<string, ZoomPerson['status']>();
  private readonly gone = new Set<string>();

  zoomPeople(): ZoomPerson[] {
    return ZOOM_PEOPLE.filter((person) => !this.gone.has(`zoom:${person.key}`)).map((person) => ({
      ...person,
      role: this.zoomRoles.get(person.key) ?? person.role,
      status: this.zoomStatuses.get(person.key) ?? person.status,
    }));
  }

  zoomPerson(key: string): ZoomPerson | undefined {
    return this.zoomPeople().find((person) => person.key === key);
  }

  logins(): CloudLinkLogin[] {
    return CLOUDLINK_LOGINS.filter((login) => !this.gone.has(`cloudlink:${login.key}`)).map((login) => ({
      ...login,
      role: this.cloudlinkRoles.get(login.key) ?? login.role,
    }));
  }

  login(key: string): CloudLinkLogin | undefined {
    return this.logins().find((login) => login.key === key);
  }

  setZoomRole(key: string, role: ZoomRole): void {
    this.zoomRoles.set(known(key, ZOOM_PEOPLE), role);
  }

  setZoomStatus(key: string, status: ZoomPerson['status']): void {
    this.zoomStatuses.set(known(key, ZOOM_PEOPLE), status);
  }

  setCloudlinkRole(key: string, role: CloudLinkRole): void {
    this.cloudlinkRoles.set(known(key, CLOUDLINK_LOGINS), role);
  }

  /** The person leaves the account: their tokens die with them. */
  remove(side: 'zoom' | 'cloudlink', key: string): void {
    this.gone.add(`${side}:${known(key, side === 'zoom' ? ZOOM_PEOPLE : CLOUDLINK_LOGINS)}`);
  }

  reset(): void {
    this.zoomRoles.clear();
    this.zoomStatuses.clear();
    this.cloudlinkRoles.clear();
    this.gone.clear();
  }
}

function known(key: string, people: readonly { key: string }[]): string {
  if (!people.some((person) => person.key === key)) throw new RangeError(`the sandbox has no person "${key}"`);
  return key;
}

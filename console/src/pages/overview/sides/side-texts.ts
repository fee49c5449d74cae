import type { Texts } from '../../../language/language';
import type { Grant } from '../types';

interface SideTexts {
  account: (id: string) => string;
  noAccount: string;
  /** Of CloudLink; Zoom's have names of their own. */
  roles: Record<string, string>;
  states: Record<Grant['state'], string>;
  atRisk: string;
  serviceClient: (id: string) => string;
  since: (date: string) => string;
  checked: (when: string) => string;
  ended: (date: string) => string;
  nobody: string;
  noStandby: string;
  addStandby: string;
  dead: (count: number) => string;
  standbyTitle: (provider: string) => string;
  standbyWhat: (provider: string) => string;
  close: string;
}

export const SIDE_TEXTS: Texts<SideTexts> = {
  en: {
    account: (id) => `Account ${id}`,
    noAccount: 'Not authorised yet',
    roles: { ACCOUNT_ADMIN: 'Account admin', PARTNER_ADMIN: 'Partner admin' },
    states: { active: 'In use', standby: 'Stands by', dead: 'Ended' },
    atRisk: 'At risk',
    serviceClient: (id) => `Service client ${id}`,
    since: (date) => `authorised ${date}`,
    checked: (when) => `checked ${when}`,
    ended: (date) => `ended ${date}`,
    nobody: 'Nobody’s authorisation works here.',
    noStandby: 'Nobody stands by: if this admin leaves, syncing pauses until another one authorises.',
    addStandby: 'Add a standby admin',
    dead: (count) => (count === 1 ? 'One that has ended' : `${count} that have ended`),
    standbyTitle: (provider) => `A standby admin at ${provider}`,
    standbyWhat: (provider) =>
      `Send this link to a colleague who is an admin of the same account. They sign in at ${provider} and agree; from then on their authorisation stands by and takes over if the one in use ends.`,
    close: 'Close',
  },
  de: {
    account: (id) => `Konto ${id}`,
    noAccount: 'Noch nicht autorisiert',
    roles: { ACCOUNT_ADMIN: 'Konto-Administrator', PARTNER_ADMIN: 'Partner-Administrator' },
    states: { active: 'Wird verwendet', standby: 'Steht bereit', dead: 'Erloschen' },
    atRisk: 'Gefährdet',
    serviceClient: (id) => `Dienst-Client ${id}`,
    since: (date) => `autorisiert am ${date}`,
    checked: (when) => `geprüft ${when}`,
    ended: (date) => `erloschen am ${date}`,
    nobody: 'Hier gilt niemandes Autorisierung.',
    noStandby: 'Niemand steht bereit: Geht dieser Administrator, pausiert der Abgleich, bis ein anderer autorisiert.',
    addStandby: 'Weiteren Administrator hinzufügen',
    dead: (count) => (count === 1 ? 'Eine erloschene' : `${count} erloschene`),
    standbyTitle: (provider) => `Weiterer Administrator bei ${provider}`,
    standbyWhat: (provider) =>
      `Senden Sie diesen Link an einen Kollegen, der Administrator desselben Kontos ist. Er meldet sich bei ${provider} an und stimmt zu; seine Autorisierung steht dann bereit und springt ein, wenn die jetzige endet.`,
    close: 'Schließen',
  },
};

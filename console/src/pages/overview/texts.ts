import type { Texts } from '../../language/language';
import type { Provider } from '../../session/provider';

interface OverviewTexts {
  state: string;
  notices: string;
  sides: string;
  providers: Record<Provider, string>;
  users: (count: number, written: string) => string;
  showAll: (count: number) => string;
}

export const OVERVIEW_TEXTS: Texts<OverviewTexts> = {
  en: {
    state: 'State of the connector',
    notices: 'To know',
    sides: 'Authorisations',
    providers: { zoom: 'Zoom', cloudlink: 'Mitel CloudLink' },
    users: (count, written) => (count === 1 ? '1 user' : `${written} users`),
    showAll: (count) => `Show all (${count})`,
  },
  de: {
    state: 'Zustand des Connectors',
    notices: 'Gut zu wissen',
    sides: 'Autorisierungen',
    providers: { zoom: 'Zoom', cloudlink: 'Mitel CloudLink' },
    users: (count, written) => (count === 1 ? '1 Benutzer' : `${written} Benutzer`),
    showAll: (count) => `Alle zeigen (${count})`,
  },
};

import { useQuery } from '@tanstack/react-query';
import { useTexts } from '../../language/language-context';
import { useSession } from '../../session/session-context';
import { Page } from '../../shell/page';
import { SHELL_TEXTS } from '../../shell/texts';
import { UnsavedGuard } from '../../shell/asking/unsaved';
import { AlertAddressesGroup } from './groups/alert-addresses-group';
import { AuthoritiesGroup } from './groups/authorities-group';
import { DisconnectGroup } from './groups/disconnect-group';
import { MembershipGroup } from './groups/membership-group';
import { MobileGroup } from './groups/mobile-group';
import { NameGroup } from './groups/name-group';
import { NetworksGroup } from './groups/networks-group';
import { PushTokenGroup } from './groups/push-token-group';
import { ServiceClientGroup } from './groups/service-client-group';
import { SweepGroup } from './groups/sweep-group';
import { SyncGroup } from './groups/sync-group';
import { WebhooksGroup } from './groups/webhooks-group';
import { settingsQuery } from './settings-query';
import classes from './settings.module.css';

/** Everything about a connector that an admin may set. Each group is saved for itself. */
export default function SettingsPage() {
  const { pages } = useTexts(SHELL_TEXTS);
  const settings = useQuery(settingsQuery(useSession().connectorId));
  return (
    <Page title={pages.settings}>
      <UnsavedGuard>
        <div className={classes['columns']}>
          <div className={classes['column']}>
            <NameGroup settings={settings} />
            <MembershipGroup settings={settings} />
            <SyncGroup settings={settings} />
            <MobileGroup settings={settings} />
            <NetworksGroup />
            <AuthoritiesGroup />
          </div>
          <div className={classes['column']}>
            <AlertAddressesGroup />
            <WebhooksGroup />
            <SweepGroup />
            <PushTokenGroup />
            <ServiceClientGroup />
            <DisconnectGroup settings={settings} />
          </div>
        </div>
      </UnsavedGuard>
    </Page>
  );
}

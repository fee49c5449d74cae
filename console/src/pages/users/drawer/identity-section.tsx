import { useFormats } from '../../../language/formats';
import { useTexts } from '../../../language/language-context';
import { Facts } from './facts';
import { Section } from './section';
import { DRAWER_TEXTS } from './texts';
import type { UserDetail } from './user-detail';

/** Who the user is on both sides, and which licences the user has. */
export function IdentitySection({ user }: { user: UserDetail }) {
  const texts = useTexts(DRAWER_TEXTS);
  const { instant, number } = useFormats();
  const { facts } = texts;
  const { pbx, licences, zoomStatus, syncedAt, missingSince, zoomPhone } = user;
  const answer = (value: boolean | null): string => (value === null ? texts.unknown : value ? texts.yes : texts.no);
  return (
    <>
      <Section title={texts.sections.identity}>
        <Facts
          facts={[
            [facts.email, user.email],
            [facts.extension, user.extension],
            [facts.pbx, pbx === null ? null : `${pbx.type}, ${pbx.site}`],
            [facts.membership, texts.memberships[user.membership]],
            [facts.zoomStatus, zoomStatus === null ? null : texts.zoomStatuses[zoomStatus]],
            [facts.zoomUserId, user.userId],
            [facts.cloudlinkUserId, user.cloudlinkUserId],
            [facts.syncedAt, syncedAt === null ? null : instant(syncedAt)],
            [facts.missingSince, missingSince === null ? null : instant(missingSince)],
          ]}
        />
      </Section>
      <Section title={texts.sections.licences}>
        <Facts
          facts={[
            [facts.zoomPsi, answer(licences.zoomPsi)],
            [facts.teleworker, licences.teleworker === null ? texts.unknown : number(licences.teleworker)],
            [facts.zoomPhone, answer(zoomPhone)],
          ]}
        />
      </Section>
    </>
  );
}

import { SIGN_IN_PARAMETER, type PendingRequest, type SignIn } from '../../access/authorization-requests';
import { INTERACTION_PATH } from '../../access/paths';
import type { Language } from '../../platform/config/config';
import { htmlPage } from '../../platform/http/html-page';
import { CONSENT_TEXTS } from './consent-texts';

export const AGREE = 'agree';

/** What the client will be able to do, and one button. */
export function renderConsent(language: Language, request: PendingRequest, by: SignIn, publicUrl: string): string {
  const texts = CONSENT_TEXTS[language];
  const address = `${publicUrl}${INTERACTION_PATH}/${request.uid}`;
  return htmlPage({
    language,
    title: texts.title(request.clientName),
    paragraphs: [
      texts.signedIn(by.email, by.accountId),
      by.zoomAccountId === null ? texts.notLinked : texts.linkedWith(by.zoomAccountId),
      texts.mayDo(request.clientName),
    ],
    list: request.scopes.map((scope) => texts.scopes[scope]),
    form: {
      action: `${address}?${SIGN_IN_PARAMETER}=${by.id}`,
      buttons: [
        { name: 'decision', value: AGREE, label: texts.agree },
        { name: 'decision', value: 'decline', label: texts.decline },
      ],
    },
    otherWay: { href: `${address}/sign-in`, label: texts.otherPerson },
  });
}

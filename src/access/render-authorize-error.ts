import type { errors, KoaContextWithOIDC } from 'oidc-provider';
import type { Language } from '../platform/config/config';
import { chooseLanguage } from '../platform/http/accept-language';
import { htmlPage, pageHeaders } from '../platform/http/html-page';

type ErrorOut = Parameters<NonNullable<import('oidc-provider').Configuration['renderError']>>[1];

interface Texts {
  title: string;
  what: Record<string, string>;
  fallback: string;
  advice: string;
  reference: string;
}

const TEXTS: Record<Language, Texts> = {
  en: {
    title: 'This connection cannot be made',
    what: {
      invalid_client: 'Whoever sent you here is not known to this service.',
      invalid_redirect_uri: 'The address that you would be sent back to is not the registered one.',
      expired: 'This connection took too long, was finished already, or was begun in another browser.',
    },
    fallback: 'The request that led you here is not complete or not allowed.',
    advice: 'Go back to Zoom and press “Connect” again. If it happens once more, tell the operator of this service.',
    reference: 'Reference for support',
  },
  de: {
    title: 'Diese Verbindung kommt nicht zustande',
    what: {
      invalid_client: 'Wer Sie hierher geschickt hat, ist diesem Dienst nicht bekannt.',
      invalid_redirect_uri: 'Die Adresse, zu der Sie zurückkehren sollen, ist nicht die hinterlegte.',
      expired:
        'Diese Verbindung hat zu lange gedauert, wurde schon abgeschlossen oder in einem anderen Browser begonnen.',
    },
    fallback: 'Die Anfrage, die Sie hierher geführt hat, ist nicht vollständig oder nicht erlaubt.',
    advice:
      'Gehen Sie zurück zu Zoom und wählen Sie noch einmal „Verbinden“. Passiert es wieder, sagen Sie es dem Betreiber dieses Dienstes.',
    reference: 'Kennung für den Support',
  },
};

/**
 * An error that must not be sent back, because where to is just what is in doubt (RFC 6749 section 4.1.2.1): a page for the
 * person at the authorization endpoint, JSON elsewhere.
 */
export function renderAuthorizeError(context: KoaContextWithOIDC, out: ErrorOut, error: Error): void {
  const { route } = context.oidc;
  if (route !== 'authorization' && route !== 'resume') {
    context.body = out;
    return;
  }
  const language = chooseLanguage(context.get('accept-language'));
  const texts = TEXTS[language];
  const kind = (error as errors.OIDCProviderError).name === 'SessionNotFound' ? 'expired' : out.error;
  const requestId = String(context.res.getHeader('x-request-id') ?? '');
  context.set(pageHeaders());
  context.body = htmlPage({
    language,
    title: texts.title,
    paragraphs: [texts.what[kind] ?? texts.fallback, texts.advice],
    small: `${texts.reference}: ${requestId} (${out.error}${out.error_description === undefined ? '' : `: ${out.error_description}`})`,
  });
}

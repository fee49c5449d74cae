import type { Texts } from '../../../language/language';

interface AlertTexts {
  addresses: {
    title: string;
    purpose: string;
    noMail: string;
    list: string;
    address: (place: number) => string;
    add: string;
    remove: (place: number) => string;
    none: string;
    language: string;
    languages: Record<'en' | 'de', string>;
    standard: (language: string) => string;
  };
  webhooks: {
    title: string;
    purpose: string;
    url: string;
    hint: string;
    add: string;
    list: string;
    since: (date: string) => string;
    none: string;
    remove: string;
    removeOf: (url: string) => string;
    removeTitle: string;
    removeText: (url: string) => string;
    removed: string;
    secretTitle: string;
    secretText: string;
    secret: string;
  };
}

export const ALERT_TEXTS: Texts<AlertTexts> = {
  en: {
    addresses: {
      title: 'Alerts by mail',
      purpose: 'Who is written to when an authorisation ends, a side stops working, or a certificate runs out.',
      noMail: 'This service has no mail server, so nobody is written to. The operator sets SMTP_URL.',
      list: 'Addresses',
      address: (place) => `Address ${place}`,
      add: 'Add an address',
      remove: (place) => `Remove address ${place}`,
      none: 'Nobody is written to.',
      language: 'Language of the mails',
      languages: { en: 'English', de: 'German' },
      standard: (language) => `Default (${language})`,
    },
    webhooks: {
      title: 'Alerts by webhook',
      purpose: 'The same alerts as one POST of JSON each, signed, to a program of yours.',
      url: 'URL',
      hint: 'https, on the internet, without a query.',
      add: 'Add the webhook',
      list: 'Webhooks',
      since: (date) => `since ${date}`,
      none: 'There is none.',
      remove: 'Remove',
      removeOf: (url) => `Remove ${url}`,
      removeTitle: 'Remove the webhook?',
      removeText: (url) => `No more alerts are posted to ${url}, not even those that are on their way.`,
      removed: 'Removed.',
      secretTitle: 'The secret of the webhook',
      secretText:
        'Your program checks with it that an alert comes from here: x-zcc-signature is "v0=" and the hexadecimal HMAC-SHA-256 of "v0:", the header x-zcc-request-timestamp, ":" and the raw body.',
      secret: 'Secret',
    },
  },
  de: {
    addresses: {
      title: 'Meldungen per Mail',
      purpose:
        'Wem geschrieben wird, wenn eine Autorisierung endet, eine Seite nicht mehr arbeitet oder ein Zertifikat abläuft.',
      noMail: 'Dieser Dienst hat keinen Mailserver, deshalb wird niemandem geschrieben. Der Betreiber setzt SMTP_URL.',
      list: 'Adressen',
      address: (place) => `Adresse ${place}`,
      add: 'Adresse hinzufügen',
      remove: (place) => `Adresse ${place} entfernen`,
      none: 'Niemandem wird geschrieben.',
      language: 'Sprache der Mails',
      languages: { en: 'Englisch', de: 'Deutsch' },
      standard: (language) => `Standard (${language})`,
    },
    webhooks: {
      title: 'Meldungen per Webhook',
      purpose: 'Dieselben Meldungen als je ein signierter POST mit JSON, für ein Programm von Ihnen.',
      url: 'URL',
      hint: 'https, im Internet, ohne „?“.',
      add: 'Webhook hinzufügen',
      list: 'Webhooks',
      since: (date) => `seit ${date}`,
      none: 'Es gibt keinen.',
      remove: 'Entfernen',
      removeOf: (url) => `${url} entfernen`,
      removeTitle: 'Webhook entfernen?',
      removeText: (url) => `An ${url} gehen keine Meldungen mehr, auch nicht solche, die schon unterwegs sind.`,
      removed: 'Entfernt.',
      secretTitle: 'Das Geheimnis des Webhooks',
      secretText:
        'Damit prüft Ihr Programm, dass eine Meldung von hier kommt: x-zcc-signature ist „v0=“ und der hexadezimale HMAC-SHA-256 über „v0:“, den Header x-zcc-request-timestamp, „:“ und den unveränderten Inhalt.',
      secret: 'Geheimnis',
    },
  },
};

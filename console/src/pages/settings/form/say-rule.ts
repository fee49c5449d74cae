import type { Language } from '../../../language/language';

/** The rules that the forms of this page may meet, in German. The API has them in English alone. */
const GERMAN: readonly (readonly [RegExp, string])[] = [
  [/^must be shorter than or equal to (\d+) characters$/, 'Darf höchstens $1 Zeichen haben'],
  [/^must have at most (\d+) printable characters$/, 'Darf höchstens $1 Zeichen haben, keine Steuerzeichen'],
  [/^must have at most (\d+) characters$/, 'Darf höchstens $1 Zeichen haben'],
  [/^must have no control characters$/, 'Darf keine Steuerzeichen enthalten'],
  [/^must not be greater than (\d+)$/, 'Darf höchstens $1 sein'],
  [/^must not be less than (\d+)$/, 'Muss mindestens $1 sein'],
  [/^must be an integer number$/, 'Muss eine ganze Zahl sein'],
  [/^must contain no more than (\d+) elements$/, 'Höchstens $1 Einträge'],
  [/^must be a network such as (.+) or (.+)$/, 'Muss ein Netz sein, zum Beispiel $1 oder $2'],
  [/^must have a prefix that fits:.*$/, 'Die Präfixlänge passt nicht: höchstens /32 (IPv4) oder /128 (IPv6)'],
  [/^must not be \/0, which is everybody$/, 'Darf nicht /0 sein: Das wären alle'],
  [
    /^must not have bits after its prefix: (.+) is the network$/,
    'Hinter dem Präfix darf nichts gesetzt sein: Das Netz ist $1',
  ],
  [/^must be an email address such as (.+)$/, 'Muss eine E-Mail-Adresse sein, zum Beispiel $1'],
  [/^must be a URL such as (.+)$/, 'Muss eine URL sein, zum Beispiel $1'],
  [/^must start with https:\/\/$/, 'Muss mit https:// beginnen'],
  [/^must use https \(.*\)$/, 'Muss mit https:// beginnen'],
  [/^must not contain a user name or password$/, 'Darf weder Benutzernamen noch Passwort enthalten'],
  [/^must not contain a query or fragment$/, 'Darf weder „?“ noch „#“ enthalten'],
  [/^must lead to the internet, .*$/, 'Muss ins Internet führen, nicht in ein privates Netz'],
  [/^must have at most (\d+) KiB$/, 'Darf höchstens $1 KiB groß sein'],
  [/^must hold certificates only, .*$/, 'Darf nur Zertifikate enthalten; in dieser Datei steht ein privater Schlüssel'],
  [/^holds a certificate \(number (\d+)\) that cannot be read$/, 'Das Zertifikat Nummer $1 ist nicht lesbar'],
  [
    /^holds "(.+)", which is no authority: .*$/,
    '„$1“ ist keine Zertifizierungsstelle: Geben Sie das Zertifikat dessen, der es ausgestellt hat',
  ],
  [/^holds "(.+)", which has expired on (.+)$/, '„$1“ ist am $2 abgelaufen'],
  [/^must hold at least one certificate in PEM form$/, 'Muss mindestens ein Zertifikat in PEM-Form enthalten'],
  [/^must hold at most (\d+) certificates$/, 'Darf höchstens $1 Zertifikate enthalten'],
];

/** A rule of the API as a sentence in the language of the person; an unknown one in the API's own words. */
export function sayRule(rule: string, language: Language): string {
  if (language === 'de') {
    const known = GERMAN.find(([pattern]) => pattern.test(rule));
    if (known !== undefined) return rule.replace(known[0], known[1]);
  }
  return rule.charAt(0).toUpperCase() + rule.slice(1);
}

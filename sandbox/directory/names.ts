const FIRST = [
  'Jürgen',
  'Zoë',
  'Łukasz',
  'Anna',
  'Søren',
  'Chloé',
  'Björn',
  'Željka',
  'Marco',
  'Ürün',
  'Nuño',
  'Katharina',
  'Jiří',
  'Ingrid',
  'André',
  'Ægir',
  'Beatriz',
  'Gülşen',
  'Tomáš',
  'Émile',
  'Małgorzata',
  'Ole',
  'Françoise',
  'Hans-Jörg',
  'Iñaki',
  'Lena',
  'Ștefan',
  'Yusuf',
  'Þóra',
  'Grace',
  'Ödön',
];

const LAST = [
  'Groß',
  'Müller',
  'Wałęsa',
  'Nielsen',
  'García',
  'Novák',
  'Öztürk',
  'Schröder',
  'Dubois',
  'Kovačević',
  'Lindström',
  'Weiß',
  'O’Brien',
  'Jónsson',
  'Peña',
  'Strauß',
  'Żak',
  'Åkesson',
  'Ionescu',
  'Béranger',
  'von der Höhe',
  'Rossi',
  'Çelik',
  'Sjöberg',
  'Łoś',
  'Becker',
  'Håkansson',
  'Vögele',
  'Smith',
];

/** Letters that Unicode does not take apart into a base letter and an accent. */
const SPELLED: Record<string, string> = {
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  Ä: 'Ae',
  Ö: 'Oe',
  Ü: 'Ue',
  ß: 'ss',
  ł: 'l',
  Ł: 'L',
  ø: 'o',
  Ø: 'O',
  æ: 'ae',
  Æ: 'Ae',
  þ: 'th',
  Þ: 'Th',
  ð: 'd',
  ı: 'i',
};

/** As administrators write such names in email addresses: `Jürgen` → `Juergen`, `von der Höhe` → `vonderHoehe`. */
export function toAscii(name: string): string {
  return [...name.normalize('NFC')]
    .map((letter) => SPELLED[letter] ?? letter)
    .join('')
    .normalize('NFD')
    .replace(/[^A-Za-z-]/g, '');
}

interface Name {
  name: string;
  ascii: string;
}

const withAscii = (name: string): Name => ({ name, ascii: toAscii(name) });
const FIRST_NAMES = FIRST.map(withAscii);
const LAST_NAMES = LAST.map(withAscii);
const FALLBACK: Name = { name: 'Kim', ascii: 'Kim' };

/** 31 × 29 combinations, both prime, so that neighbours differ in both names. */
export function nameOf(index: number): { first: Name; last: Name } {
  const first = FIRST_NAMES[index % FIRST_NAMES.length] ?? FALLBACK;
  const last = LAST_NAMES[(index * 5 + Math.floor(index / FIRST_NAMES.length)) % LAST_NAMES.length] ?? FALLBACK;
  return { first, last };
}

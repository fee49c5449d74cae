import type { Language } from '../../platform/config/config';
import type { NewestDeviceDto, UserDto } from '../users.dto';

interface Column {
  header: Record<Language, string>;
  cell: (user: UserDto) => string | number | null;
}

const device = (of: NewestDeviceDto | null): string | null =>
  of === null ? null : of.code === null ? of.state : `${of.state} ${of.code}`;

/** What an export shows of a user. Words and times are those of the API; a file can be imported again by its emails. */
const COLUMNS: readonly Column[] = [
  { header: { en: 'Email', de: 'E-Mail' }, cell: (user) => user.email },
  { header: { en: 'Name', de: 'Name' }, cell: (user) => user.displayName },
  { header: { en: 'Extension', de: 'Durchwahl' }, cell: (user) => user.extension },
  { header: { en: 'Caller ID', de: 'Rufnummer' }, cell: (user) => user.callerId },
  { header: { en: 'PBX', de: 'Telefonanlage' }, cell: (user) => user.pbx?.type ?? null },
  { header: { en: 'Site', de: 'Standort' }, cell: (user) => user.pbx?.site ?? null },
  { header: { en: 'Membership', de: 'Zugehörigkeit' }, cell: (user) => user.membership },
  { header: { en: 'Status', de: 'Status' }, cell: (user) => user.status },
  { header: { en: 'Since', de: 'Seit' }, cell: (user) => user.since },
  { header: { en: 'SIP code', de: 'SIP-Code' }, cell: (user) => user.sip?.code ?? null },
  { header: { en: 'SIP source', de: 'SIP-Quelle' }, cell: (user) => user.sip?.source ?? null },
  { header: { en: 'Meaning', de: 'Bedeutung' }, cell: (user) => user.sip?.meaning ?? null },
  { header: { en: 'Desktop', de: 'Desktop' }, cell: (user) => device(user.devices.desktop) },
  { header: { en: 'Mobile', de: 'Mobil' }, cell: (user) => device(user.devices.mobile) },
  { header: { en: 'Last sync', de: 'Letzter Abgleich' }, cell: (user) => user.syncedAt },
  { header: { en: 'Missing since', de: 'Vermisst seit' }, cell: (user) => user.missingSince },
  { header: { en: 'Zoom user ID', de: 'Zoom-Benutzer-ID' }, cell: (user) => user.userId },
];

export const headerCells = (language: Language): string[] => COLUMNS.map(({ header }) => header[language]);

export const userCells = (user: UserDto): string[] => COLUMNS.map(({ cell }) => String(cell(user) ?? ''));

import type { components } from '../../api/schema';

export type User = components['schemas']['UserDto'];
export type Device = components['schemas']['NewestDeviceDto'];
export type UserStatus = User['status'];
export type Platform = User['platforms'][number];

export const STATUSES: readonly UserStatus[] = ['pending', 'inactive', 'registered', 'sip_error', 'removed'];
export const PLATFORMS: readonly Platform[] = ['desktop', 'mobile'];

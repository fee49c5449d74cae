import { AppError } from '../platform/errors/app-error';
import { PROVIDERS, type Provider } from './provider';

/** @throws AppError `not_found` */
export function parseProvider(name: string): Provider {
  const provider = PROVIDERS.find((candidate) => candidate === name);
  if (provider === undefined)
    throw new AppError('not_found', 'There is no such provider: it must be zoom or cloudlink.');
  return provider;
}

import type { Command } from 'commander';
import { Keyring } from '../platform/crypto/keyring';
import { rewrapKeys } from '../platform/crypto/rewrap-keys';
import { addCommand, type CommandLine } from './command-line';

/** `keys …`: what an operator does with ENCRYPTION_KEYS. */
export function addKeysCommands(program: Command, line: CommandLine): void {
  const keys = program.command('keys').description('the keys of ENCRYPTION_KEYS');

  addCommand(
    keys,
    line,
    'rewrap',
    'seal everything with the first key, so that the older ones can be destroyed',
    async ({ config, database }) => {
      const keyring = new Keyring(config.encryptionKeys);
      const rewrapped = await rewrapKeys(database, keyring);
      return {
        document: { rewrapped, key: keyring.currentId },
        text: `${rewrapped} key${rewrapped === 1 ? '' : 's'} sealed anew with "${keyring.currentId}". Older keys of ENCRYPTION_KEYS are not needed any more.`,
      };
    },
  );
}

import type { Command } from 'commander';
import { SystemClock } from '../platform/clock/clock';
import { Keyring } from '../platform/crypto/keyring';
import { rewrapKeys } from '../platform/crypto/rewrap-keys';
import { addCommand, type CommandLine } from './command-line';

/** `keys …`: what an operator does with ENCRYPTION_KEYS, and with the key that signs access tokens. */
export function addKeysCommands(program: Command, line: CommandLine): void {
  const keys = program.command('keys').description('the keys of ENCRYPTION_KEYS, and the one that signs access tokens');

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

  addCommand<{ atOnce?: boolean }>(
    keys,
    line,
    'rotate-signing',
    'sign access tokens with a new key; those of the old one stay good until they expire',
    async ({ config, database }, { atOnce }) => {
      // Brings jose, which other commands need not wait for.
      const { SigningKeys } = await import('../access/signing-keys.js');
      const signing = new SigningKeys(database, new Keyring(config.encryptionKeys), new SystemClock());
      const { kid, signsFrom } = await signing.rotate(atOnce === true);
      return {
        document: { kid, signsFrom: signsFrom.toISOString(), atOnce: atOnce === true },
        text:
          atOnce === true
            ? `The key ${kid} signs from now on. All access tokens of before are refused within a minute: clients must get new ones.`
            : `The key ${kid} is published now and signs from ${signsFrom.toISOString()} on. Nothing else is to be done.`,
      };
    },
  ).option('--at-once', 'the old key may be in wrong hands: refuse its tokens');
}

import type { Command } from 'commander';
import { AuditLog } from '../platform/audit/audit-log';
import { SystemClock } from '../platform/clock/clock';
import { PushTokens } from '../users/push/push-tokens.service';
import { addCommand, type CommandLine } from './command-line';
import { operator } from './operator';
import { connectorId } from './parse-options';

/** `connectors push-token`: with what the SBCs of a connector ask for pushes. */
export function addPushTokenCommand(connectors: Command, line: CommandLine): void {
  addCommand<{ revoke?: boolean }>(
    connectors,
    line,
    'push-token',
    'make the token by which the SBCs ask for pushes (or another one in its place) and print it, once',
    async ({ database }, { revoke }, id) => {
      const tokens = new PushTokens(database, new AuditLog(database), new SystemClock());
      if (revoke === true) {
        await tokens.revoke(id, operator());
        return { document: { connectorId: id }, text: 'No SBC may ask for pushes any more.' };
      }
      const { token, createdAt, previousUntil } = await tokens.rotate(id, operator());
      const before = previousUntil === null ? '' : `\nThe one before is taken until ${previousUntil.toISOString()}.`;
      return {
        document: { connectorId: id, token, createdAt, previousUntil },
        text: `push token  ${token}\nThe token is shown this once: only its hash is kept.${before}`,
      };
    },
  )
    .argument('<id>', 'the id of the connector', connectorId)
    .option('--revoke', 'end the token, and the one before, at once');
}

import { startSandbox, type SandboxOptions } from './server';

/** A whole number from the environment. @throws Error that names the variable and the rule, not the value */
function readNumber(name: string, fallback: number, most: number): number {
  const text = process.env[name]?.trim() || String(fallback);
  if (!/^\d{1,9}$/.test(text) || Number(text) > most)
    throw new Error(`${name} must be a whole number from 0 to ${most}.`);
  return Number(text);
}

function readOptions(): SandboxOptions {
  const seed = process.env['SANDBOX_SEED'];
  const stateFile = process.env['SANDBOX_STATE_FILE'];
  const zoomWebhookUrl = process.env['SANDBOX_ZOOM_WEBHOOK_URL'];
  return {
    port: readNumber('SANDBOX_PORT', 3100, 65_535),
    users: readNumber('SANDBOX_USERS', 250, 5_000_000),
    ...(seed === undefined || seed === '' ? {} : { seed }),
    ...(stateFile === undefined || stateFile === '' ? {} : { stateFile }),
    ...(zoomWebhookUrl === undefined || zoomWebhookUrl === '' ? {} : { zoomWebhookUrl }),
  };
}

/** The sandbox alone, as a process: `node dist/sandbox/main.js`. Prints one JSON line when it is ready. */
async function main(): Promise<void> {
  const sandbox = await startSandbox(readOptions());
  const stop = (): void => void sandbox.stop();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  console.log(JSON.stringify({ sandbox: 'listening', port: sandbox.port }));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

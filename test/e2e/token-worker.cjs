// A second process of the program, as far as tokens go: asks for the token of one grant several times at once.
// Usage: node token-worker.cjs <dist folder>; reads {databaseUrl, keys, connectorId, grantId, identities, calls} from stdin.
const { join } = require('node:path');

const dist = (path) => require(join(process.argv[2], 'src', path));
const { Database } = dist('platform/database/database.js');
const { Keyring } = dist('platform/crypto/keyring.js');
const { ConnectorCiphers } = dist('platform/crypto/connector-cipher.js');
const { GrantStore } = dist('oauth/grant.store.js');
const { GrantVault } = dist('oauth/grant-vault.js');
const { ZoomTokenEndpoint } = dist('oauth/zoom-token.endpoint.js');
const { CloudLinkTokenEndpoint } = dist('oauth/cloudlink-token.endpoint.js');
const { RemoteHttp } = dist('platform/remote/remote-http.js');
const { SystemClock } = dist('platform/clock/clock.js');
const { HttpService } = require('@nestjs/axios');

const logger = { debug() {}, info() {}, warn() {}, error() {} };

async function main(input) {
  const database = new Database(input.databaseUrl, { max: 10 });
  const ciphers = new ConnectorCiphers(
    new Keyring(input.keys.map(({ id, key }) => ({ id, key: Buffer.from(key, 'base64') }))),
    database,
  );
  const remote = new RemoteHttp(new HttpService(), new SystemClock(), logger);
  const endpoints = {
    zoom: new ZoomTokenEndpoint(remote, input.identities.zoom),
    cloudlink: new CloudLinkTokenEndpoint(remote, input.identities.cloudlink),
  };
  const listener = { grantDied: async () => false };
  // One vault a call: nothing in memory may stand in for the lock in the database.
  const vaults = Array.from(
    { length: input.calls },
    () => new GrantVault(database, new GrantStore(database, ciphers), endpoints, listener, new SystemClock(), logger),
  );
  const tokens = await Promise.all(vaults.map((vault) => vault.accessToken(input.connectorId, input.grantId)));
  await database.close();
  process.stdout.write(JSON.stringify({ tokens: [...new Set(tokens)] }));
}

let text = '';
process.stdin.on('data', (chunk) => (text += chunk));
process.stdin.on('end', () =>
  main(JSON.parse(text)).catch((error) => {
    console.error(error);
    process.exit(1);
  }),
);

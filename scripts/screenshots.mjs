// Takes the pictures of the README: starts the program in sandbox mode with data of its own, signs in as the sandbox's owner,
// lets some apps register and some fail, and photographs the main pages of the console into docs/screenshots/.
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from 'playwright-core';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'docs/screenshots');
const USERS = 400;
const MOST_BYTES = 200_000;

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function until(what, probe, patienceMs = 120_000) {
  const end = Date.now() + patienceMs;
  for (;;) {
    const found = await probe().catch(() => undefined);
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited ${patienceMs / 1000} s in vain for ${what}`);
    await sleep(250);
  }
}

/** `npm start`, and what it says. */
async function startProgram(dataDir) {
  const [port, sandboxPort] = [await freePort(), await freePort()];
  const env = {
    PATH: process.env.PATH,
    PORT: String(port),
    SANDBOX_PORT: String(sandboxPort),
    SANDBOX_USERS: String(USERS),
    DATA_DIR: dataDir,
  };
  const child = spawn(process.execPath, [join(root, 'dist/src/main.js')], {
    env,
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const stop = () => {
    child.kill('SIGTERM');
    return ended;
  };
  // The last thing that it prints: a line with the secret of a client, made for being pasted.
  const [, user, id] = await until('the demo connector', async () =>
    /-u '([^']+)'[\s\S]*?\/v1\/connectors\/([0-9a-f-]{36})\//.exec(output),
  ).catch(async (error) => {
    await stop();
    throw error;
  });
  return { url: `http://127.0.0.1:${port}`, user, id, stop };
}

/** Apps come and go, so that there is something to see: most register, some fail, each for a reason. */
async function liveALittle({ url, user, id }) {
  const answer = await fetch(`${url}/oauth2/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(user).toString('base64')}` },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      scope: 'status:read registrations:write credentials:read',
    }),
  });
  const { access_token: token } = await answer.json();
  const api = async (method, path, body) => {
    const response = await fetch(`${url}/v1/connectors/${id}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: HTTP ${response.status} ${await response.text()}`);
    return response.status === 204 ? undefined : response.json();
  };
  const { items } = await api('GET', '/users?status=inactive&limit=500');
  const failures = [
    { code: 403, reason: 'Forbidden', source: 'registrar' },
    { code: 408, reason: 'Request Timeout', source: 'client' },
    { code: 503, reason: 'Service Unavailable', source: 'registrar' },
  ];
  for (const [place, { email }] of items.entries()) {
    if (place % 5 === 4) continue;
    const user = `/users/${encodeURIComponent(email)}`;
    const isMobile = place % 3 === 0;
    const platform = isMobile ? 'mobile' : 'desktop';
    const { targets } = await api('GET', `${user}/registration?platform=${platform}`);
    const { host, port, transport } = targets[0];
    const sip = place % 29 === 3 ? failures[Math.floor(place / 29) % failures.length] : undefined;
    await api('PUT', `${user}/registrations/${platform}-${place}`, {
      platform,
      appVersion: '6.4.1',
      target: { host, port, transport },
      ...(sip === undefined ? { outcome: 'registered', expiresIn: 3600 } : { outcome: 'failed', sip }),
    });
  }
}

async function photograph(browser, program) {
  const options = {
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
    locale: 'en-GB',
    colorScheme: 'light',
  };
  const take = async (page, name) => {
    await page.waitForLoadState('networkidle');
    // Nothing turns any more, and a second later neither.
    for (let quiet = 0; quiet < 3; await sleep(500))
      quiet = (await page.locator('.mantine-Loader-root').count()) === 0 ? quiet + 1 : 0;
    await page.evaluate(() => document.activeElement?.blur());
    const path = join(folder, `${name}.png`);
    await page.screenshot({ path });
    const { size } = await stat(path);
    if (size > MOST_BYTES) throw new Error(`${name}.png has ${size} bytes: too many for a README`);
    console.log(`${name}.png  ${Math.round(size / 1000)} kB`);
  };
  const signIn = async (changes = {}, person = 'one.owner') => {
    const context = await browser.newContext({ ...options, ...changes });
    const page = await context.newPage();
    await page.goto(program.url);
    await page.locator(`a[href*="as=${person}"]`).click();
    await page.locator('button[value="allow"]').click();
    await page.locator('main h1').waitFor();
    return page;
  };
  const goTo = async (page, place) => {
    await page.evaluate((hash) => (window.location.hash = hash), place);
    await page.locator('main h1').waitFor();
  };

  const title = await (await browser.newContext(options)).newPage();
  await title.goto(program.url);
  await title.locator('section[aria-labelledby="sandbox"]').waitFor();
  await take(title, 'sign-in');

  const page = await signIn();
  for (const [name, place] of [
    ['overview', '#/'],
    ['users', '#/users'],
    ['add', '#/add'],
    ['settings', '#/settings'],
    ['audit', '#/audit'],
    ['pre-flight', '#/setup/check'],
  ]) {
    await goTo(page, place);
    if (name === 'pre-flight') await page.locator('#checks-zoom').waitFor();
    await take(page, name);
  }

  const setup = await signIn({}, 'two.owner');
  await setup.locator('#side-zoom').waitFor();
  await take(setup, 'setup');
  const dark = await signIn({ colorScheme: 'dark' });
  await take(dark, 'overview-dark');
  const german = await signIn({ locale: 'de-DE' });
  await goTo(german, '#/users');
  await take(german, 'users-german');
  const small = await signIn({ viewport: { width: 360, height: 740 } });
  await take(small, 'overview-360');
}

await mkdir(folder, { recursive: true });
const dataDir = await mkdtemp(join(tmpdir(), 'screenshots-'));
try {
  const program = await startProgram(dataDir);
  try {
    await liveALittle(program);
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu'],
    });
    try {
      await photograph(browser, program);
    } finally {
      await browser.close();
    }
  } finally {
    await program.stop();
  }
} finally {
  await rm(dataDir, { recursive: true, force: true });
}

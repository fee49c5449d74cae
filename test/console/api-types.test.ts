import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startProgram } from '../support/program';

const FILE = join(__dirname, '../../console/src/api/schema.d.ts');
const GENERATOR = join(__dirname, '../../node_modules/openapi-typescript/bin/cli.js');
const NOTICE = '// Made from the OpenAPI document of the server by `npm run console:types`: do not edit.\n\n';

describe('the types that the console is built with', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'api-types-'));
  });

  afterAll(() => rm(folder, { recursive: true }));

  test('are those of the API that the server describes', async () => {
    const program = await startProgram({ users: 1, role: 'api' });
    try {
      const document = await (await fetch(`${program.url}/docs-json`)).text();
      await writeFile(join(folder, 'api.json'), document);
    } finally {
      await program.stop();
    }
    // As a program of its own: it is made of modules that Jest cannot load.
    await promisify(execFile)(process.execPath, [GENERATOR, 'api.json', '-o', 'schema.d.ts'], { cwd: folder });
    const wanted = NOTICE + (await readFile(join(folder, 'schema.d.ts'), 'utf8'));
    if (process.env['UPDATE_API_TYPES'] === '1') await writeFile(FILE, wanted);
    expect(await readFile(FILE, 'utf8')).toBe(wanted);
  });
});

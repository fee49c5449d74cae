// Builds console/ to dist/console/ with Vite, and packs each file with gzip and Brotli. What it was built from is noted
// there: where nothing has changed, this costs some milliseconds before every `npm start`.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const NOTE = '.built-from';
const PACKED = /\.(js|css|svg|html)$/;

async function listFiles(dir) {
  const entries = await readdir(dir, { withFileTypes: true, recursive: true });
  return entries
    .filter((e) => e.isFile())
    .map((e) => join(e.parentPath ?? e.path, e.name))
    .sort();
}

async function fingerprint(root) {
  const sum = createHash('sha256');
  const files = [...(await listFiles(join(root, 'console'))), join(root, 'package-lock.json'), import.meta.filename];
  for (const file of files)
    sum
      .update(relative(root, file))
      .update('\0')
      .update(await readFile(file))
      .update('\0');
  return sum.digest('hex');
}

async function pack(file) {
  const content = await readFile(file);
  const brotli = await promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
  await writeFile(`${file}.br`, brotli);
  await writeFile(`${file}.gz`, await promisify(gzip)(content, { level: 9 }));
}

/** Resolves to whether anything was built. */
export async function buildConsole(root, out) {
  // The image of the workers' tests, say, is built without it.
  if (!existsSync(join(root, 'console'))) return false;
  const wanted = await fingerprint(root);
  const built = await readFile(join(out, NOTE), 'utf8').catch(() => '');
  if (built === wanted) return false;
  const { build } = await import('vite');
  const beside = `${out}.${process.pid}.tmp`;
  await build({ configFile: join(root, 'console/vite.config.mjs'), logLevel: 'error', build: { outDir: beside } });
  for (const file of await listFiles(beside)) if (PACKED.test(file)) await pack(file);
  await writeFile(join(beside, NOTE), wanted);
  await rm(out, { recursive: true, force: true });
  // Somebody else may have been quicker: what is there then is the same.
  await rename(beside, out).catch(() => rm(beside, { recursive: true, force: true }));
  return true;
}

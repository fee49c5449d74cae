import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../platform/clock/clock';
import { Keyring } from '../platform/crypto/keyring';
import { Database } from '../platform/database/database';
import { TaskRegistry } from '../platform/queue/task-registry';
import { ArtifactRepository } from './artifact.repository';
import { Authorizations } from './authorizations.service';
import { CLEAN_AUTHORIZATION_SERVER, cleanAuthorizationServer } from './clean-authorization-server';
import { ClientStatusRepository } from './client-status.repository';
import { Sessions } from './sessions/sessions.service';
import { SigningKeys } from './signing-keys';

/** Forgets what has expired of codes, tokens, keys and sessions. */
@Module({})
export class AccessWorkerModule implements OnModuleInit {
  constructor(
    @Inject(TaskRegistry) private readonly tasks: TaskRegistry,
    @Inject(Database) private readonly database: Database,
    @Inject(Keyring) private readonly keyring: Keyring,
    @Inject(Authorizations) private readonly authorizations: Authorizations,
    @Inject(ClientStatusRepository) private readonly status: ClientStatusRepository,
    @Inject(SigningKeys) private readonly keys: SigningKeys,
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.tasks.registerEveryMinute(
      CLEAN_AUTHORIZATION_SERVER,
      cleanAuthorizationServer({
        database: this.database,
        artifacts: new ArtifactRepository(this.keyring),
        authorizations: this.authorizations,
        status: this.status,
        keys: this.keys,
        sessions: this.sessions,
        clock: this.clock,
      }),
    );
  }
}

import { Module } from '@nestjs/common';
import { AppTokensController } from './app-tokens/app-tokens.controller';
import { ChangeFeedRepository } from './changes/change-feed.repository';
import { ChangeFeedService } from './changes/change-feed.service';
import { ChangeLogRepository } from './changes/change-log.repository';
import { ChangesController } from './changes/changes.controller';
import { ChosenUsersRepository } from './chosen-users.repository';
import { ChosenUsersService } from './chosen-users.service';
import { DueStatuses } from './due-statuses.service';
import { ExpireStatusesService } from './expire-statuses.service';
import { Freshness } from './freshness';
import { HandOutController } from './hand-out.controller';
import { HandOutRepository } from './hand-out.repository';
import { HandOutService } from './hand-out.service';
import { OnsiteNetworksController } from './networks/onsite-networks.controller';
import { OnsiteNetworksRepository } from './networks/onsite-networks.repository';
import { OnsiteNetworks } from './networks/onsite-networks.service';
import { RegistrationsController } from './registrations.controller';
import { RegistrationsRepository } from './registrations.repository';
import { RegistrationsService } from './registrations.service';
import { StatusBatcher } from './status-batcher';
import { StatusController } from './status.controller';
import { StatusRepository } from './status.repository';
import { StatusService } from './status.service';
import { StoredStatusRepository } from './stored-status.repository';
import { UsersController } from './users.controller';
import { UsersRepository } from './users.repository';
import { UsersService } from './users.service';

/** Integrated users: status, registrations, hand-out. The root module brings AccessModule (global). */
@Module({
  controllers: [
    UsersController,
    StatusController,
    RegistrationsController,
    HandOutController,
    ChangesController,
    OnsiteNetworksController,
    AppTokensController,
  ],
  providers: [
    ChangeFeedRepository,
    ChangeFeedService,
    ChangeLogRepository,
    ChosenUsersRepository,
    ChosenUsersService,
    DueStatuses,
    ExpireStatusesService,
    Freshness,
    HandOutRepository,
    HandOutService,
    OnsiteNetworks,
    OnsiteNetworksRepository,
    RegistrationsRepository,
    RegistrationsService,
    StatusBatcher,
    StatusRepository,
    StatusService,
    StoredStatusRepository,
    UsersRepository,
    UsersService,
  ],
  exports: [ChosenUsersService, DueStatuses, UsersService, StatusService],
})
export class UsersModule {}

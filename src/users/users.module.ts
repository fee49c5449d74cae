import { Module } from '@nestjs/common';
import { AppTokensController } from './app-tokens/app-tokens.controller';
import { ChangeFeedRepository } from './changes/change-feed.repository';
import { ChangeFeedService } from './changes/change-feed.service';
import { ChangeLogRepository } from './changes/change-log.repository';
import { ChangesController } from './changes/changes.controller';
import { ChooseUsers } from './chosen/choose-users';
import { ChosenUsersController } from './chosen/chosen-users.controller';
import { ChosenUsersRepository } from './chosen/chosen-users.repository';
import { ChosenUsersService } from './chosen/chosen-users.service';
import { DueStatuses } from './due-statuses.service';
import { ExpireStatusesService } from './expire-statuses.service';
import { ExportController } from './export/export.controller';
import { ExportUsers } from './export/export-users.service';
import { Freshness } from './freshness';
import { HandOutController } from './hand-out.controller';
import { HandOutRepository } from './hand-out.repository';
import { HandOutService } from './hand-out.service';
import { AnswerImport } from './import/answer-import';
import { ImportTurns } from './import/import-turns';
import { ImportUsers } from './import/import-users.service';
import { ImportController } from './import/import.controller';
import { OnsiteNetworksController } from './networks/onsite-networks.controller';
import { OnsiteNetworksRepository } from './networks/onsite-networks.repository';
import { OnsiteNetworks } from './networks/onsite-networks.service';
import { PushBindings } from './push/push-bindings';
import { RegistrationsController } from './registrations.controller';
import { RegistrationsRepository } from './registrations.repository';
import { RegistrationsService } from './registrations.service';
import { ReportBatcher } from './report-batcher';
import { ReportWriter } from './report-writer';
import { StatusBatcher } from './status-batcher';
import { StatusesController } from './statuses.controller';
import { StatusController } from './status.controller';
import { StatusRepository } from './status.repository';
import { StatusService } from './status.service';
import { StoredStatusRepository } from './stored-status.repository';
import { StatusEvents } from './transitions/status-events';
import { StatusEventsController } from './transitions/status-events.controller';
import { StatusHistoryController } from './transitions/status-history.controller';
import { TransitionRepository } from './transitions/transition.repository';
import { UsersController } from './users.controller';
import { UsersRepository } from './users.repository';
import { UsersService } from './users.service';

/** Integrated users: status, registrations, hand-out. The root module brings AccessModule (global). */
@Module({
  controllers: [
    ExportController,
    UsersController,
    ChosenUsersController,
    ImportController,
    StatusController,
    RegistrationsController,
    HandOutController,
    ChangesController,
    StatusesController,
    StatusHistoryController,
    StatusEventsController,
    OnsiteNetworksController,
    AppTokensController,
  ],
  providers: [
    AnswerImport,
    ChangeFeedRepository,
    ChangeFeedService,
    ChangeLogRepository,
    ChooseUsers,
    ChosenUsersRepository,
    ChosenUsersService,
    DueStatuses,
    ExpireStatusesService,
    ExportUsers,
    Freshness,
    HandOutRepository,
    HandOutService,
    ImportTurns,
    ImportUsers,
    OnsiteNetworks,
    OnsiteNetworksRepository,
    PushBindings,
    RegistrationsRepository,
    RegistrationsService,
    ReportBatcher,
    ReportWriter,
    StatusBatcher,
    StatusRepository,
    StatusService,
    StatusEvents,
    StoredStatusRepository,
    TransitionRepository,
    UsersRepository,
    UsersService,
  ],
  exports: [ChosenUsersService, DueStatuses, PushBindings, UsersService, StatusService],
})
export class UsersModule {}

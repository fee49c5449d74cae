import { ChangeLogRepository } from '../users/changes/change-log.repository';
import { ChooseUsers } from '../users/chosen/choose-users';
import type { ChosenUsersRepository } from '../users/chosen/chosen-users.repository';
import { RegistrationsRepository } from '../users/registrations.repository';
import { StoredStatusRepository } from '../users/stored-status.repository';

export const chooseUsers = (users: ChosenUsersRepository): ChooseUsers =>
  new ChooseUsers(users, new StoredStatusRepository(new RegistrationsRepository()), new ChangeLogRepository());

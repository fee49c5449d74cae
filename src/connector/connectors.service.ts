import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { AppError } from '../platform/errors/app-error';
import { Connector } from './connector.entity';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Reads connectors. Their settings change in operations/settings; their state changes only with their grants (connector-linking.ts). */
@Injectable()
export class ConnectorsService {
  constructor(@InjectRepository(Connector) private readonly connectors: Repository<Connector>) {}

  list(): Promise<Connector[]> {
    return this.connectors.find({ order: { createdAt: 'ASC', connectorId: 'ASC' } });
  }

  /** @throws AppError `not_found`, also for a text that is no UUID */
  async get(connectorId: string): Promise<Connector> {
    const connector = UUID.test(connectorId)
      ? await this.connectors.findOneBy({ connectorId: connectorId.toLowerCase() })
      : null;
    if (connector === null) throw new AppError('not_found', 'There is no such connector.');
    return connector;
  }
}

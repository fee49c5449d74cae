import { ApiProperty } from '@nestjs/swagger';

export class UserSyncDto {
  @ApiProperty({
    type: 'string',
    format: 'date-time',
    description:
      'Done when `syncedAt` of the user is later. It stays earlier where a side does not answer: `lastSync` of the connector then tells why',
  })
  requestedAt!: string;
}

import { ApiProperty } from '@nestjs/swagger';

/** Describes `asOf`, which every answer carries that rests on what the last complete sync has read. */
export const ApiAsOf = (): PropertyDecorator =>
  ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    description:
      'What this rests on was last read from Zoom and CloudLink completely at this time; null: never yet. It stands still while the connector is `reauthorization_required`',
    example: '2026-11-23T10:00:02.300Z',
  });

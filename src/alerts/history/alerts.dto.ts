import { ApiProperty } from '@nestjs/swagger';
import { PROVIDERS } from '../../oauth/provider';
import { ALERT_KINDS } from '../alert-kinds';
import type { ShownAlert, ShownDelivery } from './alert-history';

export class AlertDeliveryDto {
  @ApiProperty({ format: 'uuid', description: 'Also `x-zcc-request-id` of a webhook' })
  id!: string;

  @ApiProperty({ enum: ['webhook', 'email'], example: 'webhook' })
  channel!: string;

  @ApiProperty({ description: 'Id of the webhook, or address; `operator`: set by the operator', example: 'operator' })
  destination!: string;

  @ApiProperty({ enum: ['pending', 'delivered', 'dead'], description: '`dead`: given up', example: 'delivered' })
  state!: string;

  @ApiProperty({ type: 'integer', example: 1 })
  attempts!: number;

  @ApiProperty({ type: 'string', nullable: true, description: 'Of the last try', example: 'HTTP 500' })
  lastError!: string | null;

  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-11-23T10:00:01.000Z' })
  updatedAt!: string;
}

export class AlertDto {
  @ApiProperty({ format: 'uuid', example: '0b6b7c52-3c0e-4a0e-9d8e-6e1f3d8c2a11' })
  id!: string;

  @ApiProperty({ enum: ALERT_KINDS, example: 'connector.reauthorization_required' })
  kind!: string;

  @ApiProperty({ enum: PROVIDERS, nullable: true, type: String, example: 'zoom' })
  provider!: string | null;

  @ApiProperty({ type: 'string', format: 'uuid', nullable: true })
  grantId!: string | null;

  @ApiProperty({ type: 'string', nullable: true, description: 'Stable, for programs', example: 'invalid_grant' })
  reason!: string | null;

  @ApiProperty({ type: 'object', additionalProperties: true, example: {} })
  details!: Record<string, unknown>;

  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-11-23T10:00:00.000Z' })
  at!: string;

  @ApiProperty({ type: [AlertDeliveryDto] })
  deliveries!: AlertDeliveryDto[];
}

export class AlertListDto {
  @ApiProperty({ type: [AlertDto] })
  items!: AlertDto[];

  @ApiProperty({ type: 'string', nullable: true, description: 'null on the last page', example: null })
  nextCursor!: string | null;
}

export const toDeliveryDto = (delivery: ShownDelivery): AlertDeliveryDto => ({
  id: delivery.id,
  channel: delivery.channel,
  destination: delivery.destination,
  state: delivery.state,
  attempts: delivery.attempts,
  lastError: delivery.lastError,
  updatedAt: delivery.updatedAt.toISOString(),
});

export const toAlertDto = (alert: ShownAlert): AlertDto => ({
  ...alert,
  at: alert.at.toISOString(),
  deliveries: alert.deliveries.map(toDeliveryDto),
});

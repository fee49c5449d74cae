import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsIn, IsString, MaxLength, ValidateIf } from 'class-validator';
import type { Language } from '../../platform/config/config';
import { MAX_EMAILS } from './alert-settings';
import { type AlertWebhook } from './alert-webhooks';
import { MAX_URL_LENGTH } from './check-webhook-url';

const LANGUAGES: Language[] = ['en', 'de'];

export class ChangeAlertSettingsDto {
  @ApiProperty({
    enum: LANGUAGES,
    nullable: true,
    type: String,
    description: 'Of the mails; null: the language of this deployment',
    example: 'de',
  })
  @ValidateIf((settings: ChangeAlertSettingsDto) => settings.language !== null)
  @IsIn(LANGUAGES)
  language!: Language | null;

  @ApiProperty({ type: [String], maxItems: MAX_EMAILS, example: ['phones@example.com'] })
  @IsArray()
  @ArrayMaxSize(MAX_EMAILS)
  @IsString({ each: true })
  emails!: string[];
}

export class AlertSettingsDto {
  @ApiProperty({
    enum: LANGUAGES,
    nullable: true,
    type: String,
    description: 'null: the default language',
    example: 'de',
  })
  language!: Language | null;

  @ApiProperty({ type: [String], description: 'Who is written to', example: ['phones@example.com'] })
  emails!: string[];

  @ApiProperty({ enum: LANGUAGES, description: 'Of this deployment', example: 'en' })
  defaultLanguage!: Language;

  @ApiProperty({ description: 'false: this deployment has no mail server, nobody is written to', example: true })
  emailEnabled!: boolean;
}

export class AddAlertWebhookDto {
  @ApiProperty({
    format: 'uri',
    maxLength: MAX_URL_LENGTH,
    description: 'https, without user name, query and fragment; on the internet, not in a private network',
    example: 'https://hooks.example.com/connector',
  })
  @IsString()
  @MaxLength(MAX_URL_LENGTH)
  url!: string;
}

export class AlertWebhookDto {
  @ApiProperty({ format: 'uuid', example: '0b6b7c52-3c0e-4a0e-9d8e-6e1f3d8c2a11' })
  id!: string;

  @ApiProperty({ format: 'uri', example: 'https://hooks.example.com/connector' })
  url!: string;

  @ApiProperty({ type: 'string', format: 'date-time', example: '2026-11-23T10:00:00.000Z' })
  createdAt!: string;
}

export class NewAlertWebhookDto extends AlertWebhookDto {
  @ApiProperty({ description: 'Key of `x-zcc-signature`; shown this once', example: 'mC0Tb0m…' })
  secret!: string;
}

export class AlertWebhookListDto {
  @ApiProperty({ type: [AlertWebhookDto] })
  items!: AlertWebhookDto[];
}

export const toWebhookDto = ({ id, url, createdAt }: AlertWebhook): AlertWebhookDto => ({
  id,
  url,
  createdAt: createdAt.toISOString(),
});

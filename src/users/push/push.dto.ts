import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Matches, MaxLength, MinLength } from 'class-validator';
import { PARAM_MAX, PRID_MAX, PROVIDER_FORM, VISIBLE, type Push } from './push-address';

const CALL_ID_MAX = 256;

/** What an SBC sends: the parameters of the Contact that the app registered with, under their own names (RFC 8599). */
export class AskForPushDto {
  @ApiProperty({ maxLength: 32, description: 'Parameter of the Contact, unescaped', example: 'apns' })
  @IsString()
  @Matches(PROVIDER_FORM, { message: '$property must have at most 32 letters, digits, dots, - and _' })
  'pn-provider'!: string;

  @ApiPropertyOptional({ maxLength: PARAM_MAX, default: '', example: 'ABCDE12345.us.zoom.videomeetings.voip' })
  @IsString()
  @MaxLength(PARAM_MAX)
  @Matches(VISIBLE, { message: '$property must have visible ASCII characters only' })
  'pn-param': string = '';

  @ApiProperty({ minLength: 1, maxLength: PRID_MAX, example: '00fc13adff78512' })
  @IsString()
  @MinLength(1)
  @MaxLength(PRID_MAX)
  @Matches(VISIBLE, { message: '$property must have visible ASCII characters only' })
  'pn-prid'!: string;

  @ApiPropertyOptional({ type: 'string', nullable: true, maxLength: 256, description: 'Handed on as it is' })
  @IsOptional()
  @IsString()
  @MaxLength(256)
  @Matches(VISIBLE, { message: '$property must have visible ASCII characters only' })
  'pn-purr'?: string | null;

  @ApiProperty({
    minLength: 1,
    maxLength: CALL_ID_MAX,
    description: 'Call-ID of the INVITE: asked for again within 30 seconds, the device is not woken a second time',
    example: 'a84b4c76e66710@sbc.example.com',
  })
  @IsString()
  @MinLength(1)
  @MaxLength(CALL_ID_MAX)
  @Matches(VISIBLE, { message: '$property must have visible ASCII characters only' })
  callId!: string;
}

export const toPush = (body: AskForPushDto): Push => ({
  provider: body['pn-provider'],
  param: body['pn-param'],
  prid: body['pn-prid'],
  purr: body['pn-purr'] ?? undefined,
  callId: body.callId,
});

export class PushTokenDto {
  @ApiProperty({ description: 'Shown this once: only its hash is kept. The SBC sends it as `Authorization: Bearer`' })
  token!: string;

  @ApiProperty({ type: 'string', format: 'date-time' })
  createdAt!: string;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Until then the token before it is taken, too; null: there was none',
  })
  previousUntil!: string | null;
}

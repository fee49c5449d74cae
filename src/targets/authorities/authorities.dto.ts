import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import { MAX_PEM_BYTES, MAX_CERTIFICATES, type Authority } from './check-authorities';

export class PutAuthoritiesDto {
  @ApiProperty({
    maxLength: MAX_PEM_BYTES,
    description:
      'Certificates in PEM form, which take the place of all that were there. No private key: a text with one is refused, and none of it is kept',
    example: '-----BEGIN CERTIFICATE-----\n…\n-----END CERTIFICATE-----\n',
  })
  @IsString()
  @MaxLength(MAX_PEM_BYTES)
  pem!: string;
}

export class AuthorityDto {
  @ApiProperty({ example: 'O=Example Ltd, CN=House authority' })
  subject!: string;

  @ApiProperty({ description: 'The same as the subject where it vouches for itself' })
  issuer!: string;

  @ApiProperty({ type: 'string', format: 'date-time' })
  validTo!: string;

  @ApiProperty({ description: 'Whether that is over: it vouches for nothing any more' })
  expired!: boolean;

  @ApiProperty({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256, lower-case hexadecimal' })
  fingerprint!: string;
}

export class AuthorityListDto {
  @ApiProperty({
    type: [AuthorityDto],
    maxItems: MAX_CERTIFICATES,
    description: 'Besides the public authorities, which are always trusted; empty: those alone',
  })
  certificates!: AuthorityDto[];
}

export const toAuthorityListDto = (authorities: readonly Authority[], now: Date): AuthorityListDto => ({
  certificates: authorities.map(({ subject, issuer, notAfter, fingerprint }) => ({
    subject,
    issuer,
    validTo: notAfter.toISOString(),
    expired: notAfter < now,
    fingerprint,
  })),
});

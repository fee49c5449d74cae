import { Module } from '@nestjs/common';
import { AlertsModule } from '../alerts/alerts.module';
import { AuthoritiesController } from './authorities/authorities.controller';
import { TrustedAuthorities } from './authorities/trusted-authorities';
import { CertificateWarnings } from './certificate-warnings';
import { ProbeRecordRepository } from './probe-record.repository';
import { RegistrarAccountRepository } from './registrar/registrar-account.repository';
import { RegistrarChecks } from './registrar/registrar-checks.service';
import { RegistrarRecordRepository } from './registrar/registrar-record.repository';
import { RegistrarSweeps } from './registrar/registrar-sweeps.service';
import { RegistrarController } from './registrar/registrar.controller';
import { TargetDialling } from './target-dialling';
import { TargetListRepository } from './target-list.repository';
import { TargetProbes } from './target-probes.service';
import { TargetsController } from './targets.controller';

/** The places that users register with, as we see them ourselves: probes, and what registrars say. */
@Module({
  imports: [AlertsModule],
  controllers: [TargetsController, RegistrarController, AuthoritiesController],
  providers: [
    CertificateWarnings,
    ProbeRecordRepository,
    RegistrarAccountRepository,
    RegistrarChecks,
    RegistrarRecordRepository,
    RegistrarSweeps,
    TargetDialling,
    TargetListRepository,
    TargetProbes,
    TrustedAuthorities,
  ],
  exports: [RegistrarChecks, RegistrarSweeps, TargetListRepository, TargetProbes, TrustedAuthorities],
})
export class TargetsModule {}

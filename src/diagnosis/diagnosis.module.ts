import { Module } from '@nestjs/common';
import { TargetsModule } from '../targets/targets.module';
import { UsersModule } from '../users/users.module';
import { DiagnosisFactsRepository } from './diagnosis-facts.repository';
import { DiagnosisController } from './diagnosis.controller';
import { Diagnosis } from './diagnosis.service';

/** What is really wrong: causes instead of codes. */
@Module({
  imports: [UsersModule, TargetsModule],
  controllers: [DiagnosisController],
  providers: [Diagnosis, DiagnosisFactsRepository],
  exports: [Diagnosis],
})
export class DiagnosisModule {}

import type { TargetRole } from '../../sip/parse-target';
import type { ProbeReason } from '../../sip/probe/judge-probe';
import type { RegistrarResult } from '../../sip/registrar/registrar-result';
import type { Platform } from '../../users/registration-report';
import type { DiagnosisCode } from '../diagnosis-code';

/** What the sentences of one cause are made of. */
export interface CauseFacts {
  /** As people call it, with its address: "the SBC sbc.example.com:5061"; undefined: none in particular. */
  target: string | undefined;
  platform: Platform | undefined;
}

export interface CauseText {
  title: string;
  nextStep: string;
}

/** Everything that a diagnosis says in one language: what is missing does not compile. */
export interface DiagnosisTexts {
  causes: Record<DiagnosisCode, (facts: CauseFacts) => CauseText>;
  roles: Record<TargetRole, string>;
  /** What our own look has shown, as a whole sentence. */
  probe: Record<ProbeReason, string>;
  /** What the registrar says to the user's hash. */
  registrar: (result: RegistrarResult) => string;
  /** `made`: who made the code. */
  reported: (facts: { code: number; phrase: string; made: 'registrar' | 'app' }) => string;
  looked: (target: string, since: string) => string;
  certificateUntil: (time: string) => string;
  lostLately: (users: number) => string;
  licences: (teleworker: number) => string;
  noPsiLicence: string;
  bindings: (count: number) => string;
  lastRead: (time: string) => string;
  neverRead: string;
}

import type { LicencesDto } from './users.dto';

/** The column is free-form JSON: only what we know of is shown. */
export function readLicences({ zoomPsi, teleworker }: Record<string, unknown>): LicencesDto {
  return {
    zoomPsi: typeof zoomPsi === 'boolean' ? zoomPsi : null,
    teleworker: typeof teleworker === 'number' && Number.isInteger(teleworker) ? teleworker : null,
  };
}

/** Between two samples, in seconds. */
export const SAMPLE_SECONDS = 300;
/** More points than this no chart can show. */
export const MAX_STEPS = 300;

export interface Steps {
  /** A whole number of samples. */
  stepSeconds: number;
  /** Begin of the first step; the last one is that which `now` lies in. */
  from: Date;
}

/** The begin of the five minutes that `now` lies in: every process finds the same. */
export const sampleTime = (now: Date): Date => floor(now, SAMPLE_SECONDS);

/** How the last `hours` are cut into at most MAX_STEPS steps. */
export function planSteps(now: Date, hours: number): Steps {
  const seconds = hours * 3600;
  const stepSeconds = SAMPLE_SECONDS * Math.ceil(seconds / SAMPLE_SECONDS / MAX_STEPS);
  const steps = Math.ceil(seconds / stepSeconds);
  return { stepSeconds, from: new Date(floor(now, stepSeconds).getTime() - (steps - 1) * stepSeconds * 1000) };
}

const floor = (time: Date, seconds: number): Date =>
  new Date(Math.floor(time.getTime() / (seconds * 1000)) * seconds * 1000);

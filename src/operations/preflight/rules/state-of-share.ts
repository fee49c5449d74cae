/** Some cannot work: a warning. Nobody can: a failure. */
export const stateOfShare = (affected: number, total: number): 'ok' | 'warning' | 'failed' => {
  if (affected === 0) return 'ok';
  return affected < total ? 'warning' : 'failed';
};

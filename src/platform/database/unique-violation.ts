/** Whether a statement failed because a row with such a key exists. */
export const isUniqueViolation = (error: unknown): boolean =>
  error instanceof Error && (error as NodeJS.ErrnoException).code === '23505';

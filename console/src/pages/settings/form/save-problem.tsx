import { Alert } from '@mantine/core';
import { ApiError } from '../../../api/problem';
import { useTexts } from '../../../language/language-context';
import { ProblemAlert } from '../../../shell/problem-alert';
import { FORM_TEXTS } from '../texts/form-texts';

/** Why nothing was saved: in one sentence where the fields themselves say it, else in the words of the problem. */
export function SaveProblem({ error, isField }: { error: Error; isField: (field: string) => boolean }) {
  const texts = useTexts(FORM_TEXTS);
  const fields = error instanceof ApiError ? (error.problem.errors ?? []) : [];
  if (fields.length === 0 || !fields.every(({ field }) => isField(field))) return <ProblemAlert error={error} />;
  return (
    <Alert color="red" role="alert" title={texts.notSaved}>
      {texts.seeFields}
    </Alert>
  );
}

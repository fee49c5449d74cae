import { Alert } from '@mantine/core';
import type { Language } from '../../../language/language';
import { useTexts } from '../../../language/language-context';
import { ProblemAlert } from '../../../shell/problem-alert';
import { fieldErrors } from '../form/field-errors';
import { FORM_TEXTS } from '../texts/form-texts';

/** What is wrong with a file that was chosen: the file is the only field. */
export function FileProblem({ error, language }: { error: Error; language: Language }) {
  const texts = useTexts(FORM_TEXTS);
  const rules = Object.values(fieldErrors(error, language));
  if (rules.length === 0) return <ProblemAlert error={error} />;
  return (
    <Alert color="red" role="alert" title={texts.notSaved}>
      {rules.join('. ')}.
    </Alert>
  );
}

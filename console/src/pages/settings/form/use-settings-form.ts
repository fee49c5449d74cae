import { useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query';
import { useLanguage } from '../../../language/language-context';
import { fieldErrors } from './field-errors';
import { useDraft, type Draft } from './use-draft';

interface SettingsFormOptions<T, R> {
  /** Of the group, as the person reads it. */
  name: string;
  stored: T;
  /** Where the answer belongs: what is stored from now on. */
  queryKey: QueryKey;
  send: (draft: Draft<T>) => Promise<R>;
}

/** What a group needs to change something stored: the draft, the errors by field, and what its form is driven by. */
export function useSettingsForm<T extends object, R>({ name, stored, queryKey, send }: SettingsFormOptions<T, R>) {
  const { language } = useLanguage();
  const queries = useQueryClient();
  const draft = useDraft(name, stored);
  const save = useMutation({
    mutationFn: (sent: Draft<T>) => send(sent),
    onSuccess: (now, sent) => {
      queries.setQueryData(queryKey, now);
      sent.settle();
      void queries.invalidateQueries({ queryKey: ['audit'] });
      void queries.invalidateQueries({ queryKey: ['connector'] });
    },
  });
  return {
    draft,
    errors: fieldErrors(save.error, language),
    form: {
      isDirty: draft.isDirty,
      save,
      onSubmit: () => save.mutate(draft),
      onDiscard: () => {
        draft.discard();
        save.reset();
      },
    },
  };
}

import { useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query';

/** One step that takes effect at once, with no form: what it touches is read anew, the audit too. @param touches first parts of query keys */
export function useAction<T, V = void>(run: (variables: V) => Promise<T>, touches: readonly string[]) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: run,
    onSuccess: () => Promise.all(['audit', ...touches].map((key): Promise<void> => refresh([key]))),
  });

  function refresh(queryKey: QueryKey): Promise<void> {
    return queries.invalidateQueries({ queryKey });
  }
}

import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { answer, api } from '../api/client';
import { backToConsole } from './authorise-window';
import type { Provider } from './provider';
import { useConnectorPath } from './session-context';

interface AuthoriseLink {
  url: string;
  expiresAt: string;
}

/**
 * The address at which an admin of this connector's account signs in at a provider. Asked for beforehand, because a browser
 * opens a window only in immediate answer to a click.
 */
export function useAuthoriseLink(provider: Provider | undefined): UseQueryResult<AuthoriseLink> {
  const params = useConnectorPath();
  return useQuery({
    queryKey: ['authorise-link', params.path.connectorId, provider],
    queryFn: async () => {
      if (provider === undefined) throw new Error('a link is always for one provider');
      const body = { provider };
      const { url, expiresAt } = await answer(
        api.POST('/v1/connectors/{connectorId}/authorize-links', { params, body }),
      );
      return { url: backToConsole(url), expiresAt };
    },
    enabled: provider !== undefined,
    // It is valid for days, and a page does not stay open that long with the same session.
    staleTime: Infinity,
  });
}

import { useTexts } from '../../language/language-context';
import { Page } from '../../shell/page';
import { SHELL_TEXTS } from '../../shell/texts';

export function Overview() {
  const { pages } = useTexts(SHELL_TEXTS);
  return <Page title={pages.overview}>{null}</Page>;
}

import { useTexts } from '../../../language/language-context';
import classes from './cells.module.css';
import { USERS_TEXTS } from '../texts';

/** The last sync did not find the user: the next one removes who stays away. */
export function MissingMark() {
  const { missing } = useTexts(USERS_TEXTS);
  return <span className={classes['missing']}>{missing}</span>;
}

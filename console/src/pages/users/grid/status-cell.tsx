import { useTexts } from '../../../language/language-context';
import classes from './cells.module.css';
import { USERS_TEXTS } from '../texts';
import type { User } from '../user';

/** The status with its code, and what it means in words. */
export function StatusCell({ user: { status, sip } }: { user: User }) {
  const texts = useTexts(USERS_TEXTS);
  const words = sip === null ? texts.statusWords[status] : sip.meaning;
  return (
    <>
      <span className={classes['status']} data-status={status}>
        {sip === null ? texts.statuses[status] : texts.withCode(texts.statuses[status], sip.code)}
      </span>
      <span className={classes['second']} title={words}>
        {words}
      </span>
    </>
  );
}

import { useFormats } from '../../../language/formats';
import classes from './cells.module.css';

/** How long ago, and when exactly for whoever points at it. */
export function When({ at }: { at: string | null }) {
  const { instant, relative } = useFormats();
  if (at === null) return <span className={classes['line']}>–</span>;
  return (
    <time className={classes['line']} dateTime={at} title={instant(at)}>
      {relative(at)}
    </time>
  );
}

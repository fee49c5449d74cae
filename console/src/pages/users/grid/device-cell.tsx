import { useFormats } from '../../../language/formats';
import { useTexts } from '../../../language/language-context';
import classes from './cells.module.css';
import { USERS_TEXTS } from '../texts';
import type { Device } from '../user';

const SIGNS: Record<Device['state'], string> = { registered: '✓', failed: '✕', unregistered: '–', expired: '–' };

/** How the newest device of a platform is: a sign for the eye, words for everybody. */
export function DeviceCell({ device }: { device: Device | null }) {
  const texts = useTexts(USERS_TEXTS);
  const { instant } = useFormats();
  if (device === null)
    return (
      <>
        <span aria-hidden>·</span>
        <span className={classes['hidden']}>{texts.noDevice}</span>
      </>
    );
  const { state, code, at } = device;
  const words = code === null ? texts.devices[state] : texts.withCode(texts.devices[state], code);
  return (
    <span className={classes['device']} data-state={state} title={`${words}, ${instant(at)}`}>
      <span aria-hidden>
        {SIGNS[state]}
        {code !== null && ` ${code}`}
      </span>
      <span className={classes['hidden']}>{words}</span>
    </span>
  );
}

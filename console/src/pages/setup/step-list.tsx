import { VisuallyHidden } from '@mantine/core';
import { useTexts } from '../../language/language-context';
import { useSession } from '../../session/session-context';
import type { Connector } from '../../session/connector';
import { SHELL_TEXTS } from '../../shell/texts';
import { usePreflight } from './check/use-preflight';
import { describeSteps, type StepName, type StepState } from './describe-steps';
import classes from './setup.module.css';
import { missingSides, type SetupStep } from './setup-step';
import { SETUP_TEXTS } from './texts';

const MARKS: Partial<Record<StepState, string>> = { done: '✓', attention: '!' };

/** Of the end there is nothing to do any more, also while it is shown. */
const markOf = (name: StepName, state: StepState): string | undefined =>
  name === 'done' && state === 'now' ? MARKS.done : MARKS[state];

/** All steps of the way: which are behind, which is now; those that are reached can be gone to. */
export function StepList({ connector, step }: { connector: Connector; step: SetupStep }) {
  const texts = useTexts(SETUP_TEXTS);
  const { providers } = useTexts(SHELL_TEXTS);
  const { admin } = useSession();
  const { data: preflight } = usePreflight(false);
  const steps = describeSteps(connector, step, preflight);
  const [missing] = missingSides(connector, admin.provider);
  return (
    <nav aria-label={texts.steps}>
      <ol className={classes['steps']}>
        {steps.map(({ name, state, place }, index) => {
          const label =
            name === 'connect' && missing !== undefined
              ? texts.connectStep(providers[missing] ?? missing)
              : texts.stepNames[name];
          const isLink = place !== undefined && state !== 'now';
          const shown = (
            <>
              <span className={classes['mark']} data-state={state} aria-hidden>
                {markOf(name, state) ?? index + 1}
              </span>
              <span className={classes['label']} data-state={state} data-link={isLink}>
                {label}
                <VisuallyHidden>{` – ${texts.stepStates[state]}`}</VisuallyHidden>
              </span>
            </>
          );
          return (
            <li key={name} aria-current={state === 'now' ? 'step' : undefined}>
              {isLink ? (
                <a href={`#/setup/${place}`} className={classes['step']}>
                  {shown}
                </a>
              ) : (
                <span className={classes['step']}>{shown}</span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

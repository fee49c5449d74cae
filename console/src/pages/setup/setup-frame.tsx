import { useEffect, useRef, type ReactNode } from 'react';
import { Title } from '@mantine/core';
import { useTexts } from '../../language/language-context';
import { useSession } from '../../session/session-context';
import type { Connector } from '../../session/connector';
import { SHELL_TEXTS } from '../../shell/texts';
import classes from './setup.module.css';
import { missingSides, type SetupStep } from './setup-step';
import { StepList } from './step-list';
import { SETUP_TEXTS } from './texts';

/** The way through the set-up, and the step at hand under its heading, which takes the focus when the step changes. */
export function SetupFrame({
  connector,
  step,
  children,
}: {
  connector: Connector;
  step: SetupStep;
  children: ReactNode;
}) {
  const texts = useTexts(SETUP_TEXTS);
  const { providers } = useTexts(SHELL_TEXTS);
  const { admin } = useSession();
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(step);
  useEffect(() => {
    if (shown.current === step) return;
    shown.current = step;
    heading.current?.focus();
  }, [step]);
  const [missing] = missingSides(connector, admin.provider);
  const title =
    step === 'connect' && missing !== undefined
      ? texts.connectTitle(providers[missing], connector.state === 'pending')
      : texts.titles[step];
  return (
    <div className={classes['frame']}>
      <StepList connector={connector} step={step} />
      <section aria-labelledby="setup-step" className={classes['panel']}>
        <Title order={2} size="h3" id="setup-step" ref={heading} tabIndex={-1} className={classes['heading'] ?? ''}>
          {title}
        </Title>
        {children}
      </section>
    </div>
  );
}

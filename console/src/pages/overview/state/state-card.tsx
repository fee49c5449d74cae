import { Button, Card, Group, Stack, Text } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTexts } from '../../../language/language-context';
import { useAuthorise, type Authorise } from '../../../session/use-authorise';
import { AuthoriseNotice } from '../../../shell/authorise-notice';
import classes from '../overview.module.css';
import { OVERVIEW_TEXTS } from '../texts';
import { ToneBadge, type Tone } from '../tone';
import { StateAction } from './state-action';
import { STATE_TEXTS } from './state-texts';
import { useStateSentences } from './state-sentences';
import type { NeedySide, Told } from './tell-state';

type Label = 'well' | 'attention' | 'act' | 'pending' | 'disconnected';

const LOOKS: Record<Told['kind'], [Tone, Label]> = {
  disconnected: ['calm', 'disconnected'],
  pending: ['blue', 'pending'],
  reauthorise: ['bad', 'act'],
  at_risk: ['warn', 'act'],
  approval: ['warn', 'attention'],
  sync_failed: ['warn', 'attention'],
  faults: ['warn', 'attention'],
  first_sync: ['good', 'well'],
  well: ['good', 'well'],
};

/** How the connector is, in a sentence, with the one thing to do. */
export function StateCard({ told }: { told: Told }) {
  const { state: heading } = useTexts(OVERVIEW_TEXTS);
  const texts = useTexts(STATE_TEXTS);
  const authorise = useAuthorise();
  const [tone, label] = LOOKS[told.kind];
  const hasArrived = authorise.state.name === 'done';
  const card = useRef<HTMLDivElement>(null);
  const stage = authorise.state.name;
  useEffect(() => {
    // The button that was clicked is gone, and another one, or none any more, stands for it.
    if (stage !== 'idle' && document.activeElement === document.body) card.current?.focus();
  }, [stage]);
  return (
    <Card
      ref={card}
      withBorder
      component="section"
      aria-label={heading}
      tabIndex={-1}
      className={`${classes['state'] ?? ''} ${classes[tone] ?? ''}`}
    >
      <Stack gap={0}>
        <Stack gap="sm" aria-live="polite">
          <ToneBadge tone={tone}>{texts.labels[label]}</ToneBadge>
          <Sentences told={told} authorise={authorise} />
          {hasArrived && <Text size="sm">{texts.thanks}</Text>}
        </Stack>
        <div className={classes['after']}>
          <AuthoriseNotice authorise={authorise} />
        </div>
      </Stack>
    </Card>
  );
}

function Sentences({ told, authorise }: { told: Told; authorise: Authorise }): ReactNode {
  const texts = useTexts(STATE_TEXTS);
  const { sentences, sideSentence, afterwards } = useStateSentences(told);
  if (told.kind === 'reauthorise' || told.kind === 'at_risk')
    return (
      <>
        {told.sides.map((side) => (
          <Stack key={side.provider} gap="sm" align="flex-start">
            <Text size="lg">{sideSentence(side)}</Text>
            <AuthoriseButton
              side={side}
              authorise={authorise}
              label={texts.authorise(texts.providers[side.provider])}
            />
          </Stack>
        ))}
        {afterwards !== undefined && <Text fw={600}>{afterwards}</Text>}
      </>
    );
  return (
    <>
      <Text size="lg">{sentences}</Text>
      <Group>
        <StateAction told={told} />
      </Group>
    </>
  );
}

function AuthoriseButton({ side, authorise, label }: { side: NeedySide; authorise: Authorise; label: string }) {
  const { url, provider } = side;
  const { state } = authorise;
  // While it goes on, the notice below has the one button.
  const isUnderWay = state.name !== 'idle' && state.name !== 'done' && state.provider === provider;
  if (url === null || isUnderWay) return null;
  return <Button onClick={() => authorise.begin(provider, url)}>{label}</Button>;
}

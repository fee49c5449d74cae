import { Alert, Button, Stack, Text } from '@mantine/core';
import { useTexts } from '../language/language-context';
import { arrivalProblem } from '../session/arrivals';
import { comeBackHere } from '../session/come-back';
import type { Authorise } from '../session/use-authorise';
import { AUTHORISE_TEXTS } from './authorise-texts';
import { ProblemAlert } from './problem-alert';

/** Where the authorisation stands that was begun here, and the one thing to do about it; nothing before and after. */
export function AuthoriseNotice({ authorise }: { authorise: Authorise }) {
  return (
    <div aria-live="polite">
      <Notice {...authorise} />
    </div>
  );
}

function Notice({ state, begin, show }: Authorise) {
  const texts = useTexts(AUTHORISE_TEXTS);
  if (state.name === 'idle' || state.name === 'done') return null;
  const again = (
    <Button size="xs" variant="default" onClick={() => begin(state.provider, state.url)}>
      {texts.retry}
    </Button>
  );
  if (state.name === 'failed')
    return (
      <Stack gap="xs" align="flex-start">
        <ProblemAlert error={arrivalProblem(state.code, state.reference)} />
        {again}
      </Stack>
    );
  const said = {
    waiting: [
      texts.waiting(texts.providers[state.provider]),
      <Button key="show" size="xs" variant="default" onClick={show}>
        {texts.show}
      </Button>,
    ],
    blocked: [
      texts.blocked,
      <Button key="here" size="xs" component="a" href={state.url} onClick={comeBackHere}>
        {texts.here}
      </Button>,
    ],
    closed: [texts.closed, again],
    timed_out: [texts.timedOut, again],
  }[state.name];
  return (
    <Alert color={state.name === 'waiting' ? 'blue' : 'yellow'}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{said[0]}</Text>
        {said[1]}
      </Stack>
    </Alert>
  );
}

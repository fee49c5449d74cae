import { Container, Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTexts } from '../../language/language-context';
import { isAuthoriseWindow } from '../../session/authorise-window';
import { failedArrival } from '../../session/arrival-told';
import { cameFrom } from '../../session/come-back';
import { announceArrival, arrivalProblem, readArrival } from '../../session/arrivals';
import { ProblemAlert } from '../../shell/problem-alert';
import { Waiting } from '../../shell/waiting';
import { ARRIVED_TEXTS } from './texts';

/**
 * Where the service leads the browser after an authorisation: in a window of its own it
 * tells the other one and closes, else it goes on where this tab came from.
 */
export function Arrived() {
  const texts = useTexts(ARRIVED_TEXTS);
  const queries = useQueryClient();
  const [arrival] = useState(() => readArrival(window.location.hash));
  const [isOwnWindow] = useState(isAuthoriseWindow);
  useEffect(() => {
    announceArrival(arrival);
    if (isOwnWindow) {
      window.close();
      return;
    }
    if (arrival.error === undefined) {
      // A new session: nothing of an older one may be shown.
      queries.clear();
      failedArrival.tell(undefined);
    } else {
      failedArrival.tell(arrival);
    }
    window.location.replace(cameFrom());
  }, [arrival, isOwnWindow, queries]);
  const { error } = arrival;
  if (!isOwnWindow) return <Waiting />;
  return (
    <Container size="sm" py="xl" component="main">
      <Stack align="flex-start">
        <Title order={1}>{error === undefined ? texts.done : texts.failed}</Title>
        {error !== undefined && <ProblemAlert error={arrivalProblem(error, arrival.reference)} />}
        <Text>{texts.close}</Text>
      </Stack>
    </Container>
  );
}

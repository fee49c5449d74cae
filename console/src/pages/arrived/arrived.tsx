import { Button, Container, Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ApiError } from '../../api/problem';
import { useTexts } from '../../language/language-context';
import { isAuthoriseWindow } from '../../session/authorise-window';
import { sessionQuery } from '../../session/session';
import { ProblemAlert } from '../../shell/problem-alert';
import { announceArrival, readArrival } from '../../session/arrivals';
import { ARRIVED_TEXTS } from './texts';

/** Where the service leads the browser after an authorisation: in a window of its own it tells the other one and closes. */
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
    if (arrival.error !== undefined) return;
    // A new session: nothing of an older one may be shown.
    queries.clear();
    void queries.prefetchQuery(sessionQuery);
    window.location.replace('#/');
  }, [arrival, isOwnWindow, queries]);
  const { error } = arrival;
  return (
    <Container size="sm" py="xl" component="main">
      <Stack align="flex-start">
        <Title order={1}>{error === undefined ? texts.done : texts.failed}</Title>
        {error !== undefined && <ProblemAlert error={new ApiError({ status: 0, code: error, title: error })} />}
        {isOwnWindow ? (
          <Text>{texts.close}</Text>
        ) : (
          <Button component="a" href="#/">
            {texts.goOn}
          </Button>
        )}
      </Stack>
    </Container>
  );
}

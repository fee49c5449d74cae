import { Anchor, Button, Group, List, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { ApiError } from '../../api/problem';
import { useTexts } from '../../language/language-context';
import { useSession } from '../../session/session-context';
import { ProblemAlert } from '../../shell/problem-alert';
import { addUser, type AddedUser } from './add-user';
import { Section } from './section';
import { ADD_TEXTS } from './texts';

/** One address after the other; what became of each stays in sight. */
export function AddOne() {
  const { one: texts } = useTexts(ADD_TEXTS);
  const { connectorId } = useSession();
  const queries = useQueryClient();
  const [email, setEmail] = useState('');
  const [isEmpty, setEmpty] = useState(false);
  const [done, setDone] = useState<readonly AddedUser[]>([]);
  const field = useRef<HTMLInputElement>(null);
  const add = useMutation({
    mutationFn: (wanted: string) => addUser(connectorId, wanted),
    onSuccess: (added) => {
      setDone((before) => [added, ...before.filter((other) => other.email !== added.email)]);
      setEmail('');
      for (const key of ['users', 'user', 'connector', 'audit']) void queries.invalidateQueries({ queryKey: [key] });
    },
    onSettled: () => field.current?.focus(),
  });
  const isRefused = add.error instanceof ApiError && add.error.code === 'invalid_request';
  const fault = isEmpty ? texts.required : isRefused ? texts.wrong : undefined;
  return (
    <Section title={texts.title} purpose={texts.purpose}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const wanted = email.trim();
          setEmpty(wanted === '');
          if (wanted === '') field.current?.focus();
          else if (!add.isPending) add.mutate(wanted);
        }}
      >
        <Group align="flex-start" gap="sm">
          <TextInput
            ref={field}
            type="email"
            aria-label={texts.email}
            placeholder="erika.mueller@example.com"
            autoComplete="off"
            value={email}
            error={fault}
            onChange={({ currentTarget }) => {
              setEmpty(false);
              if (isRefused) add.reset();
              setEmail(currentTarget.value);
            }}
            flex={1}
            miw={220}
          />
          <Button type="submit" loading={add.isPending}>
            {texts.add}
          </Button>
        </Group>
      </form>
      {add.error !== null && !isRefused && <ProblemAlert error={add.error} />}
      <Stack gap={0} role="status">
        {done.length > 0 && (
          <List size="sm" spacing="xs" aria-label={texts.list}>
            {done.map((user) => (
              <List.Item key={user.email} style={{ overflowWrap: 'anywhere' }}>
                <Text size="sm">
                  {user.isNew ? texts.added(user.email) : texts.wasThere(user.email)} {user.isPending && texts.pending}{' '}
                  <Anchor size="sm" underline="always" href={`#/users/${encodeURIComponent(user.email)}`}>
                    {texts.open(user.email)}
                  </Anchor>
                </Text>
              </List.Item>
            ))}
          </List>
        )}
      </Stack>
    </Section>
  );
}

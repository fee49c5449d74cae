import { Alert, List, Stack, Text } from '@mantine/core';
import type { components } from '../../../api/schema';
import { addressOf } from '../../../language/address-of';
import { useFormats } from '../../../language/formats';
import { useTexts } from '../../../language/language-context';
import { CHECK_TEXTS, type CheckResult } from './check-texts';

const GOOD: ReadonlySet<CheckResult> = new Set(['accepted', 'accepted_unasked']);

/** What a registrar has said, in words. */
export function CheckOutcome({ found }: { found: components['schemas']['RegistrarCheckDto'] }) {
  const texts = useTexts(CHECK_TEXTS);
  const { number, instant } = useFormats();
  const { result, code, phrase, offered, attempts, bindings, at } = found;
  const isGood = GOOD.has(result);
  return (
    <Alert color={isGood ? 'green' : 'red'} title={texts.results[result]} role="status" w="100%">
      <Stack gap="xs">
        <Text size="sm">
          {instant(at)}
          {code !== null && ` · ${texts.answered(code, phrase ?? '')}`}
        </Text>
        {offered.length > 0 && (
          <Text size="sm">
            {texts.offered}: {offered.join(', ')}
          </Text>
        )}
        {attempts.length > 1 && (
          <>
            <Text size="sm">{texts.attempts}:</Text>
            <List size="sm" type="ordered">
              {attempts.map((attempt) => (
                <List.Item key={addressOf(attempt.target)}>
                  {addressOf(attempt.target)}: {texts.results[attempt.result]}
                </List.Item>
              ))}
            </List>
          </>
        )}
        {isGood && <Text size="sm">{bindings.length === 0 ? texts.noBindings : `${texts.bindings}:`}</Text>}
        {bindings.length > 0 && (
          <List size="sm">
            {bindings.map(({ contact, expires, userAgent }) => (
              <List.Item key={contact} style={{ overflowWrap: 'anywhere' }}>
                {[contact, userAgent, expires === null ? null : texts.expires(number(expires))]
                  .filter((part) => part !== null)
                  .join(' · ')}
              </List.Item>
            ))}
          </List>
        )}
      </Stack>
    </Alert>
  );
}

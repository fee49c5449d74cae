import { planDestinations } from './plan-destinations';

const config = {
  smtpUrl: 'smtp://host',
  emails: ['Ops@example.com', 'ops@example.com'],
  webhook: { url: 'https://a', secret: 's' },
};

test('each place comes once, whoever has named it', () => {
  expect(planDestinations(config, { webhookIds: ['w1'], emails: ['OPS@example.com', 'own@example.com'] })).toEqual([
    { channel: 'webhook', destination: 'operator', setBy: 'operator' },
    { channel: 'webhook', destination: 'w1', setBy: 'connector' },
    { channel: 'email', destination: 'Ops@example.com', setBy: 'operator' },
    { channel: 'email', destination: 'own@example.com', setBy: 'connector' },
  ]);
});

test('without a mail server there is no mail', () => {
  const destinations = planDestinations({ ...config, smtpUrl: undefined }, { webhookIds: [], emails: ['a@b'] });
  expect(destinations.map(({ channel }) => channel)).toEqual(['webhook']);
});

import { changesOf, type ConnectorSettings } from './connector-settings';

const BEFORE: ConnectorSettings = {
  name: 'Bern',
  membership: 'automatic',
  removalLimitPercent: null,
  syncIntervalSeconds: 600,
  mobileCalling: true,
};

describe('changesOf', () => {
  it('names what is new and what was before', () => {
    expect(
      changesOf(BEFORE, { name: '', removalLimitPercent: 0, syncIntervalSeconds: null, mobileCalling: false }),
    ).toEqual({
      name: '',
      nameBefore: 'Bern',
      removalLimitPercent: 0,
      removalLimitPercentBefore: null,
      syncIntervalSeconds: null,
      syncIntervalSecondsBefore: 600,
      mobileCalling: false,
      mobileCallingBefore: true,
    });
  });

  it.each([{}, { name: undefined }, BEFORE])('finds none in %j', (wanted) => {
    expect(changesOf(BEFORE, wanted)).toEqual({});
  });
});

import { stopInSteps } from './stop-in-steps';

describe('stopInSteps', () => {
  it('asks once when the server leaves', async () => {
    const sent: string[] = [];
    let leave: () => void = () => undefined;
    const end = new Promise<void>((resolve) => (leave = resolve));
    await stopInSteps((signal) => {
      sent.push(signal);
      leave();
    }, end);
    expect(sent).toEqual(['SIGINT']);
  });

  it('grows firmer with one that stays, and gives up in the end', async () => {
    const sent: string[] = [];
    const steps = (['SIGINT', 'SIGQUIT', 'SIGKILL'] as const).map((signal) => ({ signal, wait: 5 }));
    await stopInSteps((signal) => sent.push(signal), new Promise(() => undefined), steps);
    expect(sent).toEqual(['SIGINT', 'SIGQUIT', 'SIGKILL']);
  });
});

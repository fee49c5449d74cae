import { RequestTimes } from './request-times';

const lines = (times: RequestTimes): string[] => times.text().trimEnd().split('\n');

describe('RequestTimes', () => {
  it('adds up what was as fast as a limit or faster', () => {
    const times = new RequestTimes();
    for (const seconds of [0.001, 0.0025, 0.0026, 0.3, 60]) times.add('GET', '/a/:b', 200, seconds);
    const buckets = lines(times)
      .filter((line) => line.includes('_bucket'))
      .map((line) => line.replace(/.*le="(.*)"\} /, '$1 '));
    expect(buckets).toEqual([
      '0.0025 2',
      ...['0.005', '0.01', '0.025', '0.05', '0.1', '0.25'].map((limit) => `${limit} 3`),
      ...['0.5', '1', '2.5', '5', '10'].map((limit) => `${limit} 4`),
      '+Inf 5',
    ]);
    const labels = 'method="GET",route="/a/:b",status="200"';
    expect(lines(times)).toContain(`zcc_http_request_duration_seconds_count{${labels}} 5`);
    const sum = lines(times).find((line) => line.includes('_sum'));
    expect(Number(sum?.split(' ').at(-1))).toBeCloseTo(60.3061, 4);
  });

  it('keeps methods, routes and statuses apart', () => {
    const times = new RequestTimes();
    times.add('GET', '/a', 200, 1);
    times.add('PUT', '/a', 200, 1);
    times.add('GET', '/a', 404, 1);
    times.add('GET', '/b', 200, 1);
    times.add('GET', '/a', 200, 1);
    expect(
      lines(times)
        .filter((line) => line.includes('_count'))
        .map((line) => line.split(' ').at(-1)),
    ).toEqual(['2', '1', '1', '1']);
  });

  it('has head lines before anybody has asked', () => {
    expect(lines(new RequestTimes())).toEqual([
      expect.stringMatching(/^# HELP zcc_http_request_duration_seconds /),
      '# TYPE zcc_http_request_duration_seconds histogram',
    ]);
  });
});

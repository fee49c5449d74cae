import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createSecureContext, rootCertificates } from 'node:tls';
import { DIAL_LIMITS } from '../../src/sip/dial/dial-facts';
import type { DialOptions } from '../../src/sip/dial/dial-target';
import { judgeProbe } from '../../src/sip/probe/judge-probe';
import { probeTarget, type ProbeFacts } from '../../src/sip/probe/probe-target';
import { describeWherePossible } from '../support/describe-where-possible';
import { BlackHole } from './black-hole';
import { freePort } from '../support/free-port';
import { hasKamailio, Kamailio } from './kamailio/kamailio';
import { TestAuthority, type CertificateFiles } from './kamailio/test-authority';

const INSTALL = 'Kamailio is not installed (apt-get install kamailio kamailio-tls-modules)';

/** The real probe against real Kamailios. Limits are short, and long enough for a busy machine. */
describeWherePossible(hasKamailio(), INSTALL, 'the probe of a real SBC', () => {
  let authority: TestAuthority;
  let foreign: TestAuthority;
  let good: CertificateFiles;
  let sbc: Kamailio;
  let others: Kamailio[] = [];
  const servers: Server[] = [];

  const look = async (
    place: { host?: string; port?: number; transport?: 'tls' | 'tcp' | 'udp' } = {},
    changes: Partial<DialOptions> = {},
  ): Promise<ProbeFacts & { verdict: string }> => {
    const target = { host: sbc.address, port: sbc.port, transport: 'tls' as const, ...place };
    const facts = await probeTarget(target, {
      limits: { ...DIAL_LIMITS, tcpMs: 1_000, tlsMs: 1_500, sipMs: 1_500 },
      signal: new AbortController().signal,
      secureContext: createSecureContext({ ca: [...rootCertificates, authority.pem] }),
      mayConnect: () => true,
      ...changes,
    });
    const { state, reason } = judgeProbe(facts, new Date());
    return { ...facts, verdict: [state, reason].filter((word) => word !== null).join(' ') };
  };

  const another = async (options: Partial<Parameters<typeof Kamailio.start>[0]>): Promise<Kamailio> => {
    const started = await Kamailio.start({ address: '127.0.0.3', certificate: good, ...options });
    others.push(started);
    return started;
  };

  const serve = async (onSocket: (socket: Socket) => void): Promise<number> => {
    const server = createServer(onSocket);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.2', resolve));
    return (server.address() as AddressInfo).port;
  };

  beforeAll(async () => {
    authority = new TestAuthority();
    foreign = new TestAuthority('Somebody else');
    good = authority.issue({ names: ['DNS:sbc.test', 'IP:127.0.0.2', 'IP:127.0.0.3'] });
    sbc = await Kamailio.start({ address: '127.0.0.2', certificate: good });
  });
  afterEach(async () => {
    for (const one of others) await one.stop();
    others = [];
    for (const server of servers.splice(0)) server.close();
  });
  afterAll(async () => {
    await sbc.stop();
    authority.remove();
    foreign.remove();
  });

  it('finds it alive, and says how long each step took and whose certificate it is', async () => {
    const seen = await look();
    expect(seen).toMatchObject({
      verdict: 'ok',
      address: '127.0.0.2',
      dnsMs: null,
      tlsVersion: 'TLSv1.3',
      sip: { kind: 'answer', answer: { code: 200, reason: 'OK', server: expect.stringContaining('kamailio') } },
      certificate: {
        issuer: 'CN=Test authority',
        names: ['sbc.test', '127.0.0.2', '127.0.0.3'],
        chainError: null,
        coversHost: true,
        coversAddress: true,
      },
    });
    for (const ms of [seen.tcpMs, seen.tlsMs]) expect(ms).toBeGreaterThan(0);
    expect(seen.certificate?.notAfter.getTime()).toBeGreaterThan(Date.now() + 360 * 86_400_000);
  });

  it('asks by name, and holds the certificate against name and address', async () => {
    const resolve = async (): Promise<string[]> => ['127.0.0.2'];
    expect(await look({ host: 'sbc.test' }, { resolve })).toMatchObject({
      verdict: 'ok',
      dnsMs: expect.any(Number),
      certificate: { coversHost: true, coversAddress: true },
    });
    expect(await look({ host: 'other.test' }, { resolve })).toMatchObject({
      verdict: 'down certificate_name_mismatch',
      certificate: { coversHost: false, coversAddress: true },
    });
  });

  it('goes on to the next address of a name', async () => {
    const seen = await look({ host: 'sbc.test' }, { resolve: async () => ['127.0.0.9', '127.0.0.2'] });
    expect(seen).toMatchObject({ verdict: 'ok', address: '127.0.0.2' });
  });

  it('finds no address for a name that does not exist', async () => {
    expect(await look({ host: 'does-not-exist.invalid' })).toMatchObject({ verdict: 'down dns_failed', tcpMs: null });
  });

  it('sends nothing to an address that it may not speak to', async () => {
    let connections = 0;
    const port = await serve(() => (connections += 1));
    expect(await look({ port }, { mayConnect: (address) => address !== '127.0.0.2' })).toMatchObject({
      verdict: 'unknown address_refused',
      tcpMs: null,
    });
    expect(connections).toBe(0);
  });

  it('knows a closed port from a black hole', async () => {
    expect(await look({ port: await freePort('127.0.0.2') })).toMatchObject({ verdict: 'down connect_refused' });
    const hole = await BlackHole.dig('127.0.0.2');
    expect(await look({ port: hole.port })).toMatchObject({ verdict: 'down connect_timeout', tlsMs: null });
    hole.fill();
  });

  it('takes any SIP code for a sign of life, and 503 for "not now"', async () => {
    await sbc.fail('OPTIONS', '403;Forbidden;X-A: b');
    expect(await look()).toMatchObject({ verdict: 'ok', sip: { answer: { code: 403 } } });
    await sbc.fail('OPTIONS', '503;Service Unavailable;Retry-After: 60');
    expect(await look()).toMatchObject({
      verdict: 'degraded sip_overloaded',
      sip: { answer: { code: 503, retryAfter: 60 } },
    });
    await sbc.fail('OPTIONS', 'silence');
    expect(await look()).toMatchObject({ verdict: 'down sip_silent', sip: { kind: 'silent' } });
    await sbc.mend('OPTIONS');
    expect(await look()).toMatchObject({ verdict: 'ok' });
  });

  it('tells faults of the certificate apart, without a restart of the SBC', async () => {
    const own = ['DNS:sbc.test', 'IP:127.0.0.2'];
    const cases: [CertificateFiles, string][] = [
      [authority.issue({ names: own, endsInDays: -2 }), 'down certificate_expired'],
      [authority.issue({ names: own, beginsInDays: 2 }), 'down certificate_not_yet_valid'],
      [authority.issue({ names: own, endsInDays: 16.2 }), 'degraded certificate_expiring'],
      [authority.issue({ names: ['DNS:other.test', 'IP:127.0.0.99'] }), 'down certificate_name_mismatch'],
      [foreign.issue({ names: own }), 'down certificate_untrusted'],
      [good, 'ok'],
    ];
    for (const [certificate, verdict] of cases) {
      await sbc.useCertificate(certificate);
      const seen = await look();
      expect([seen.verdict, seen.sip?.kind]).toEqual([verdict, 'answer']);
    }
    // Whom to trust is the connector's to say.
    expect(await look({}, { secureContext: undefined })).toMatchObject({ verdict: 'down certificate_untrusted' });
  });

  it.each(['TLSv1.2', 'TLSv1.2+'])(
    'is told by an SBC with %s that it wants a certificate of clients',
    async (tlsMethod) => {
      const strict = await another({ clientAuthority: authority.certificateFile, tlsMethod });
      expect(await look({ host: strict.address, port: strict.port })).toMatchObject({
        verdict: 'down client_certificate_required',
        certificate: { coversHost: true },
      });
    },
  );

  it('knows a port of the wrong kind, both ways', async () => {
    expect(await look({ port: sbc.plainPort })).toMatchObject({ verdict: 'down port_is_plain' });
    expect(await look({ transport: 'tcp' })).toMatchObject({ verdict: 'down port_is_tls' });
  });

  it('speaks plain TCP and UDP where the target is declared so', async () => {
    for (const transport of ['tcp', 'udp'] as const) {
      expect(await look({ port: sbc.plainPort, transport })).toMatchObject({
        verdict: 'ok',
        certificate: null,
        tlsMs: null,
        sip: { answer: { code: 200 } },
      });
    }
    expect(await look({ port: await freePort('127.0.0.2'), transport: 'udp' })).toMatchObject({
      verdict: 'down connect_refused',
    });
  });

  it('gives up on an SBC that hangs', async () => {
    const frozen = await another({});
    frozen.freeze();
    const started = Date.now();
    const seen = await look({ host: frozen.address, port: frozen.port });
    frozen.thaw();
    expect(seen).toMatchObject({ verdict: 'down tls_timeout' });
    expect(Date.now() - started).toBeLessThan(8_000);
  });

  it.each([
    ['another protocol', 'HTTP/1.1 400 Bad Request\r\n\r\n', 'down not_sip'],
    ['rubbish', '\u0000\u0001\u0002', 'down not_sip'],
    [
      'an answer to somebody else',
      'SIP/2.0 200 OK\r\nVia: SIP/2.0/TCP x;branch=z9hG4bKother\r\nCSeq: 1 OPTIONS\r\n\r\n',
      'down sip_silent',
    ],
  ])('is not taken in by %s', async (_, words, verdict) => {
    const port = await serve((socket) => socket.on('error', () => undefined).write(words));
    expect(await look({ port, transport: 'tcp' })).toMatchObject({ verdict });
  });

  it('says that the other side has hung up', async () => {
    const port = await serve((socket) => socket.once('data', () => socket.end()));
    expect(await look({ port, transport: 'tcp' })).toMatchObject({ verdict: 'down sip_closed' });
  });

  it('never hangs on bytes that never end', async () => {
    const port = await serve((socket) => {
      socket.on('error', () => undefined);
      const pour = (): void => {
        while (socket.write('x'.repeat(65_536)));
      };
      socket.on('drain', pour);
      pour();
    });
    const started = Date.now();
    expect(await look({ port, transport: 'tcp' })).toMatchObject({ verdict: 'down not_sip' });
    expect(Date.now() - started).toBeLessThan(6_000);
  });

  it.each([0, 20, 200])('stops at once when it is told to, after %i ms', async (after) => {
    const port = await serve((socket) => socket.on('error', () => undefined));
    const stopping = new AbortController();
    setTimeout(() => stopping.abort(new Error('enough')), after);
    const started = Date.now();
    await expect(look({ port }, { signal: stopping.signal })).rejects.toThrow('enough');
    expect(Date.now() - started).toBeLessThan(1_000);
  });
});

import type { CauseFacts, DiagnosisTexts } from './text-shape';

const target = (facts: CauseFacts): string => facts.target ?? 'the target';
const device = ({ platform }: CauseFacts): string =>
  platform === 'mobile' ? 'mobile app' : platform === 'desktop' ? 'desktop app' : 'app';

export const english: DiagnosisTexts = {
  causes: {
    registrar_lost_users: () => ({
      title: 'The registrar suddenly refuses users whom it knew',
      nextStep:
        'Look at the SBC, not at the users: has it lost the connection to its user database or to the PBX, or was its configuration loaded anew? The hashes need not be synced again.',
    }),
    certificate_expired: (facts) => ({
      title: `The certificate of ${target(facts)} has expired`,
      nextStep: 'Install a new certificate on it. Apps connect again by themselves within a few minutes.',
    }),
    certificate_not_yet_valid: (facts) => ({
      title: `The certificate of ${target(facts)} is not valid yet`,
      nextStep: 'Compare the clock of the SBC with the begin of the certificate, and set the clock right.',
    }),
    certificate_untrusted: (facts) => ({
      title: `The certificate of ${target(facts)} is signed by an authority that nobody here trusts`,
      nextStep:
        'Does the SBC send its intermediate certificates, too? With an authority of your own, hand its CA certificate to this connector (connectors set-ca) and to the devices.',
    }),
    certificate_name_mismatch: (facts) => ({
      title: `The certificate of ${target(facts)} was issued for another name or address`,
      nextStep:
        'Have a certificate issued that holds the name or the IP address by which CloudLink hands this target to the apps, or enter the name that is in the certificate in CloudLink.',
    }),
    client_certificate_required: (facts) => ({
      title: `${upper(target(facts))} demands a client certificate`,
      nextStep:
        'Apps have none. Switch off the check of client certificates on the SBC interface that the apps register with.',
    }),
    target_down: (facts) => ({
      title: `${upper(target(facts))} cannot be reached`,
      nextStep: 'Is the SBC running, does it listen on this port, and do the name and address in CloudLink still hold?',
    }),
    target_silent: (facts) => ({
      title: `${upper(target(facts))} does not answer`,
      nextStep:
        'Look for a firewall that drops packets on the way, and whether the SIP service hangs; restart it if it does.',
    }),
    target_wrong_port: (facts) => ({
      title: `${upper(target(facts))} does not speak what CloudLink says it speaks`,
      nextStep:
        'Compare port and transport of this target in CloudLink with the SBC: SIP over TLS usually has 5061, without TLS 5060.',
    }),
    registrar_overloaded: (facts) => ({
      title: `${upper(target(facts))} is overloaded or under maintenance`,
      nextStep: 'Look at its load and at its limits of registrations and licences. Apps try again by themselves.',
    }),
    registrar_failed: (facts) => ({
      title: `${upper(target(facts))} reports a fault of its own`,
      nextStep: 'Look into the log of the SBC, and at the link between the SBC and the PBX.',
    }),
    realm_mismatch: () => ({
      title: 'The hash was made for another realm than the registrar asks for',
      nextStep: 'Set the same realm at the SBC and in CloudLink, have the credential made anew, then sync.',
    }),
    algorithm_not_offered: () => ({
      title: 'The registrar asks for a hash algorithm that CloudLink did not deliver',
      nextStep:
        'Let the SBC offer the algorithm of the hash as well (RFC 8760), or have CloudLink deliver the other one, then sync.',
    }),
    hash_refused: () => ({
      title: 'The registrar refuses the SIP credential',
      nextStep:
        'Was the password changed in the PBX? Sync this user again. If it stays, compare user name and realm in CloudLink and PBX; many registrars answer an unknown user in the same way.',
    }),
    user_unknown: () => ({
      title: 'The registrar does not know the user',
      nextStep: 'Is the number set up in the PBX and on this SBC, and does the domain match?',
    }),
    licence_missing: () => ({
      title: 'A licence is missing',
      nextStep:
        'In CloudLink the user needs Mitel ZoomPSI or Hybrid, and one Teleworker licence for each device: two for desktop and mobile.',
    }),
    push_not_supported: () => ({
      title: 'Only mobile apps are refused: push is not set up on the SBC',
      nextStep: 'Set up push notifications (RFC 8599) for Zoom on the SBC; until then mobile apps cannot register.',
    }),
    app_credential_outdated: (facts) => ({
      title: `The ${device(facts)} uses an outdated credential`,
      nextStep:
        'The registrar accepts the hash that is stored here. Let the user sign out of Zoom Workplace and in again.',
    }),
    app_cannot_reach_target: (facts) => ({
      title: `The ${device(facts)} does not reach ${target(facts)}, although it works`,
      nextStep:
        'Look at the network that the user is in: does its firewall let SIP over TLS out, and does the device trust the certificate of the SBC?',
    }),
    registered_not_reachable: () => ({
      title: 'Registered, but not reachable now',
      nextStep:
        'Calls will not arrive until the app registers again. Does the SBC drop registrations, for instance at a restart or when a connection is lost?',
    }),
    unexplained: (facts) => ({
      title: `The ${device(facts)} could not register`,
      nextStep: 'See what the code says below, and look into the log of the SBC at that time.',
    }),
    certificate_expiring: (facts) => ({
      title: `The certificate of ${target(facts)} expires soon`,
      nextStep: 'Install a new certificate before; afterwards nobody can register there any more.',
    }),
    sync_stale: () => ({
      title: 'Zoom and CloudLink have not been read for a long time',
      nextStep: 'Does an admin have to authorise again? Look at the state of the connector and at its last syncs.',
    }),
    credential_pending: () => ({
      title: 'CloudLink has not handed over a SIP credential yet',
      nextStep: 'Authorise the users for Zoom in CloudLink, and check that they have their licences.',
    }),
  },
  roles: { sbc: 'the SBC', backup_sbc: 'the backup SBC', pbx: 'the PBX' },
  probe: {
    dns_failed: 'Its name cannot be resolved.',
    address_refused: 'Its address is one to which this service opens no connections.',
    connect_refused: 'The port is closed: the connection was refused.',
    connect_timeout: 'No connection comes about: nothing answers at this address and port.',
    connect_failed: 'No connection comes about: the network reports a fault.',
    tls_timeout: 'The port is open, but the TLS handshake gets no answer.',
    tls_failed: 'The TLS handshake fails.',
    client_certificate_required: 'It broke off because no client certificate was shown.',
    port_is_plain: 'The port speaks SIP without TLS.',
    port_is_tls: 'The port demands TLS.',
    certificate_expired: 'It shows an expired certificate.',
    certificate_not_yet_valid: 'It shows a certificate that is not valid yet.',
    certificate_untrusted: 'It shows a certificate whose chain ends at no trusted authority.',
    certificate_name_mismatch: 'It shows a certificate that does not hold this name or address.',
    certificate_expiring: 'It works; its certificate ends soon.',
    sip_silent: 'The connection stands, but a SIP request gets no answer.',
    sip_closed: 'It closes the connection instead of answering a SIP request.',
    not_sip: 'It answers in something that is not SIP.',
    sip_overloaded: 'It answers 503: alive, but not to be used now.',
  },
  registrar: (result) =>
    result === 'accepted'
      ? 'The registrar accepts the stored hash.'
      : `The registrar was asked with the stored hash; result: ${result}.`,
  reported: ({ code, phrase, made }) =>
    made === 'registrar'
      ? `The registrar has answered the app: ${code} ${phrase}.`
      : `The app reports ${code} ${phrase}, which it made itself: no SIP answer came.`,
  looked: (at, since) => `Our own look at ${at} has shown this since ${since}.`,
  certificateUntil: (time) => `The certificate is valid until ${time}.`,
  lostLately: (users) => `Within half an hour ${users} users were refused who were registered before.`,
  licences: (teleworker) => `Teleworker licences: ${teleworker}.`,
  noPsiLicence: 'Neither ZoomPSI nor Hybrid is assigned.',
  bindings: (count) => `The registrar knows of ${count} ${count === 1 ? 'device' : 'devices'}.`,
  lastRead: (time) => `Last read: ${time}.`,
  neverRead: 'Never read yet.',
};

function upper(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

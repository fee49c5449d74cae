import { parseNetwork } from '../platform/network/address-range';
import { placeOf, type OnsiteNetwork } from './place-of';

function network(cidr: string, site = ''): OnsiteNetwork {
  const parsed = parseNetwork(cidr);
  if ('rule' in parsed) throw new Error(parsed.rule);
  return { range: parsed.value, site };
}

describe('placeOf', () => {
  const munich = network('10.20.0.0/16', 'Munich');
  const berlin = network('10.30.0.0/16', 'Berlin');
  const everywhere = network('2001:db8:20::/48');

  it.each([
    ['in the network of the site', [munich, berlin], 'Munich', '10.20.3.4', 'onsite'],
    ['the same through an IPv6 socket', [munich, berlin], 'Munich', '::ffff:10.20.3.4', 'onsite'],
    ['the same in hexadecimal', [munich, berlin], 'Munich', '::ffff:a14:304', 'onsite'],
    ['a site written another way', [munich], ' munich ', '10.20.3.4', 'onsite'],
    ['in the network of another site', [munich, berlin], 'Munich', '10.30.3.4', 'remote'],
    ['one past the network', [munich], 'Munich', '10.21.0.0', 'remote'],
    ['in a network for all, from no site', [munich, everywhere], null, '2001:db8:20:1::5', 'onsite'],
    ['in a network for all, from some site', [munich, everywhere], 'Berlin', '2001:db8:20:1::5', 'onsite'],
    ['elsewhere', [everywhere], 'Munich', '203.0.113.9', 'remote'],
    ['IPv6 elsewhere', [munich], 'Munich', '2001:db8::1', 'remote'],
    ['no networks at all', [], 'Munich', '10.20.3.4', 'unknown'],
    ['no networks of this site', [munich], 'Berlin', '10.20.3.4', 'unknown'],
    ['no site, networks of sites only', [munich], null, '10.20.3.4', 'unknown'],
    ['an empty site is no site of its own', [munich], '', '10.20.3.4', 'unknown'],
    ['no address', [everywhere], 'Munich', undefined, 'remote'],
    ['something that is no address', [everywhere], 'Munich', '10.20.3.4:5061', 'remote'],
    ['an address with a zone', [network('fe80::/10')], null, 'fe80::1%eth0', 'remote'],
  ] as const)('%s', (_, networks, site, address, place) => {
    expect(placeOf(networks, site, address)).toBe(place);
  });
});

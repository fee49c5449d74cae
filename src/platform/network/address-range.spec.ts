import fc from 'fast-check';
import { isWithin, parseNetwork, parseNetworkOrAddress, type AddressRange } from './address-range';

function network(text: string): AddressRange {
  const parsed = parseNetwork(text);
  if ('rule' in parsed) throw new Error(parsed.rule);
  return parsed.value;
}

describe('parseNetwork', () => {
  it.each([
    ['10.20.0.0/16', '10.20.0.0/16'],
    ['192.0.2.7/32', '192.0.2.7/32'],
    ['128.0.0.0/1', '128.0.0.0/1'],
    ['2001:DB8:0:0::/32', '2001:db8::/32'],
    ['2001:db8::1/128', '2001:db8::1/128'],
    ['fe80::/10', 'fe80::/10'],
    ['::ffff:10.20.0.0/112', '10.20.0.0/16'],
    ['::ffff:a14:0/112', '10.20.0.0/16'],
    ['::1.2.3.4/128', '::102:304/128'],
  ])('spells %s as %s', (text, canonical) => {
    expect(network(text).text).toBe(canonical);
    expect(network(canonical).text).toBe(canonical);
  });

  it.each([
    ['', /^must be a network/],
    ['10.20.0.0', /^must be a network/],
    ['10.20.0/16', /^must be a network/],
    ['10.20.0.256/32', /^must be a network/],
    ['010.20.0.0/16', /^must be a network/],
    ['10.20.0.0/16 ', /^must be a network/],
    ['10.20.0.0/-1', /^must be a network/],
    ['10.20.0.0/1e1', /^must be a network/],
    ['10.20.0.0/16/16', /^must be a network/],
    ['fe80::%eth0/64', /^must be a network/],
    ['office.example/24', /^must be a network/],
    ['10.20.0.0/33', /prefix/],
    ['2001:db8::/129', /prefix/],
    ['::ffff:10.20.0.0/95', /prefix/],
    ['0.0.0.0/0', /everybody/],
    ['::/0', /everybody/],
    ['::ffff:0.0.0.0/96', /everybody/],
    ['10.20.3.4/16', /10\.20\.0\.0\/16 is the network/],
    ['2001:db8::1/32', /2001:db8::\/32 is the network/],
  ])('refuses %j', (text, rule) => {
    expect(parseNetwork(text)).toEqual({ rule: expect.stringMatching(rule) });
  });
});

describe('isWithin', () => {
  it.each([
    ['10.20.0.0/16', '10.20.0.0', true],
    ['10.20.0.0/16', '10.20.255.255', true],
    ['10.20.0.0/16', '10.19.255.255', false],
    ['10.20.0.0/16', '10.21.0.0', false],
    ['10.20.0.0/16', '::ffff:10.20.1.1', true],
    ['10.20.0.0/16', '::10.20.1.1', false],
    ['10.20.0.0/17', '10.20.128.0', false],
    ['2001:db8::/33', '2001:db8:7fff::1', true],
    ['2001:db8::/33', '2001:db8:8000::', false],
    ['::/1', '10.20.1.1', false],
    ['::/1', '::ffff:10.20.1.1', false],
    ['10.20.0.0/16', 'a14:100::', false],
    ['10.20.0.0/16', '', false],
    ['10.20.0.0/16', undefined, false],
    ['10.20.0.0/16', '10.20.1.1:80', false],
  ])('%s, %s: %p', (range, address, inside) => {
    expect(isWithin([network(range)], address)).toBe(inside);
    expect(isWithin([network('192.0.2.0/24'), network(range)], address)).toBe(inside);
  });

  it('is in no empty list', () => {
    expect(isWithin([], '10.0.0.1')).toBe(false);
  });

  it('agrees with arithmetic for every prefix of IPv4, also in IPv6 clothes', () => {
    const word = fc.nat({ max: 0xffff_ffff });
    const dotted = (value: number): string => [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff).join('.');
    fc.assert(
      fc.property(word, word, fc.integer({ min: 1, max: 32 }), (base, other, prefix) => {
        const start = Math.floor(base / 2 ** (32 - prefix)) * 2 ** (32 - prefix);
        const range = network(`${dotted(start)}/${prefix}`);
        const inside = other >= start && other < start + 2 ** (32 - prefix);
        expect(isWithin([range], dotted(other))).toBe(inside);
        expect(isWithin([range], `::ffff:${dotted(other)}`)).toBe(inside);
        expect(isWithin([range], dotted(base))).toBe(true);
      }),
    );
  });

  it('has every IPv6 address in the network that its own first bits make', () => {
    fc.assert(
      fc.property(fc.ipV6(), fc.integer({ min: 1, max: 128 }), (address, prefix) => {
        const own = parseNetworkOrAddress(address);
        if ('rule' in own) throw new Error(own.rule);
        expect(isWithin([own.value], address)).toBe(true);
        const told = parseNetwork(`${address}/${prefix}`);
        if ('value' in told) expect(isWithin([told.value], address)).toBe(true);
      }),
    );
  });
});

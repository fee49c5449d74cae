import { isRefusedAddress } from './refused-address';

describe('addresses of webhooks', () => {
  test.each([
    '169.254.169.254',
    '169.254.0.1',
    'fe80::1',
    'fe80::1%eth0',
    'febf::1',
    '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe',
    '0:0:0:0:0:ffff:a9fe:a9fe',
    '64:ff9b::a9fe:a9fe',
    '0.0.0.0',
    '::',
    '100.100.100.200',
    'fd00:ec2::254',
    '224.0.0.1',
    '255.255.255.255',
    'ff02::1',
    'not an address',
  ])('%s is refused to everybody', (address) => {
    expect(isRefusedAddress(address, 'public')).toBe(true);
    expect(isRefusedAddress(address, 'private')).toBe(true);
  });

  test.each([
    '127.0.0.1',
    '127.255.255.255',
    '::1',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '100.64.0.1',
    'fd12:3456::1',
    '::ffff:10.0.0.1',
    '::ffff:7f00:1',
    '64:ff9b::c0a8:101',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
  ])('%s is for the operator only', (address) => {
    expect(isRefusedAddress(address, 'public')).toBe(true);
    expect(isRefusedAddress(address, 'private')).toBe(false);
  });

  test.each([
    '93.184.215.14',
    '172.32.0.1',
    '169.253.255.255',
    '2606:2800:21f:cb07::1',
    '::ffff:93.184.215.14',
    '64:ff9b::5db8:d70e',
  ])('%s is anybody’s', (address) => {
    expect(isRefusedAddress(address, 'public')).toBe(false);
  });
});

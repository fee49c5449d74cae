import { SIP_CODES } from './sip-code-registry';
import { describeSipCode } from './sip-codes';
import { GERMAN } from './sip-texts.de';
import { ENGLISH } from './sip-texts.en';
import { SIP_SOURCES, type SipSource } from './sip-source';

describe('describeSipCode', () => {
  it('knows the 66 registered final codes, each with a text of its own words', () => {
    const codes = Object.keys(SIP_CODES).map(Number);
    expect(codes).toHaveLength(66);
    for (const code of codes) {
      const text = describeSipCode(code, 'registrar');
      expect(text.rfc).toMatch(/^RFC \d{4}$/);
      expect(text.meaning.length).toBeGreaterThan(20);
      expect(text.check.length).toBeGreaterThan(20);
    }
  });

  it('has a text for every code from every source in both languages, and never the same in both', () => {
    const codes = [...Object.keys(SIP_CODES).map(Number), 100, 200, 399, 477, 599, 699];
    for (const code of codes) {
      for (const source of SIP_SOURCES) {
        const english = describeSipCode(code, source, 'en');
        const german = describeSipCode(code, source, 'de');
        for (const { meaning, check } of [english, german]) {
          for (const text of [meaning, check])
            expect([code, text]).toEqual([code, expect.stringMatching(/^\p{Lu}.{10,}[.?]$/u)]);
        }
        expect([code, german.meaning]).not.toEqual([code, english.meaning]);
        expect([code, german.check]).not.toEqual([code, english.check]);
        // Names of the protocol are not translated.
        expect([german.phrase, german.rfc]).toEqual([english.phrase, english.rfc]);
      }
    }
  });

  it('says a thing of one code only, except what does not belong to registrations', () => {
    for (const texts of [ENGLISH, GERMAN]) {
      const meanings = Object.values(texts.codes).map(({ meaning }) => meaning);
      expect(new Set(meanings).size).toBe(meanings.length);
    }
  });

  it('says in German, too, that the app made a code', () => {
    expect(describeSipCode(503, 'client', 'de').meaning).toMatch(/App selbst gesetzt, nicht der SBC/);
    expect(describeSipCode(503, 'registrar', 'de')).toMatchObject(GERMAN.codes[503]);
    expect(describeSipCode(503, 'client', 'de').check).toMatch(/Zertifikat/);
  });

  it.each([
    [408, 'client'],
    [408, 'network'],
    [503, 'client'],
    [503, 'network'],
  ] as [number, SipSource][])('says of %i from %s that the app made it, and sends to the port', (code, source) => {
    const text = describeSipCode(code, source);
    expect(text.meaning).toMatch(/app made this code itself, not the SBC/);
    expect(text.check).toMatch(/port/);
  });

  it('sends a 503 that the app made to the certificate', () => {
    expect(describeSipCode(503, 'client').check).toMatch(/certificate/);
    expect(describeSipCode(503, 'client').phrase).toBe('Service Unavailable');
  });

  it('takes a 503 of the registrar at its word', () => {
    expect(describeSipCode(503, 'registrar')).toEqual({
      phrase: 'Service Unavailable',
      rfc: 'RFC 3261',
      ...ENGLISH.codes[503],
    });
  });

  it('never looks for a network fault in the PBX', () => {
    expect(describeSipCode(500, 'network').meaning).toBe(ENGLISH.withoutAnswer.meaning);
    expect(describeSipCode(403, 'client').meaning).toBe(ENGLISH.codes[403].meaning);
  });

  it.each([
    [199, 'Provisional'],
    [200, 'Success'],
    [399, 'Redirection'],
    [477, 'Client Error'],
    [599, 'Server Error'],
    [699, 'Global Failure'],
  ])('describes the unregistered %i by its class', (code, phrase) => {
    const text = describeSipCode(code, 'registrar');
    expect(text).toMatchObject({ phrase, rfc: null });
    expect(text.meaning).not.toBe('');
  });

  it.each([0, 99, 700, Number.NaN])('refuses %d', (code) => {
    expect(() => describeSipCode(code, 'registrar')).toThrow();
  });
});

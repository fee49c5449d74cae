import { createHmac, timingSafeEqual } from 'node:crypto';

export type Claims = Record<string, unknown>;

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const MACS = { HS256: 'sha256', HS512: 'sha512' } as const;
export type JwtAlgorithm = keyof typeof MACS;

/** Signs with a key that is derived from the seed: tokens stay valid when the sandbox is started again. */
export class JwtSigner {
  private readonly key: Buffer;

  constructor(
    seed: string,
    purpose: string,
    private readonly algorithm: JwtAlgorithm,
  ) {
    this.key = createHmac('sha512', 'sandbox token key').update(`${seed}|${purpose}`).digest();
  }

  sign(header: Claims, claims: Claims): string {
    const text = `${encode({ ...header, alg: this.algorithm })}.${encode(claims)}`;
    return `${text}.${this.mac(text).toString('base64url')}`;
  }

  /** The claims; undefined when the token was not made by this signer. Says nothing about expiry. */
  verify(token: string): Claims | undefined {
    const match = /^([\w-]+\.([\w-]+))\.([\w-]+)$/.exec(token);
    if (match === null) return undefined;
    const [, text = '', payload = '', signature = ''] = match;
    const given = Buffer.from(signature, 'base64url');
    const right = this.mac(text);
    if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
    return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Claims;
  }

  private mac(text: string): Buffer {
    return createHmac(MACS[this.algorithm], this.key).update(text).digest();
  }
}

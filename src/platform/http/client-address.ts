import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isWithin, type AddressRange } from '../network/address-range';

declare module 'fastify' {
  interface FastifyRequest {
    /** Where the request comes from; undefined: not known. Unlike `ip`, never the address of a proxy. */
    readonly clientAddress: string | undefined;
  }
}

/**
 * Gives every request its `clientAddress`: that of the last hop which nobody we trust has forwarded. A header is believed
 * of TRUSTED_PROXIES only. Two things that do not fit make the address unknown, because the one we see may be a proxy's then,
 * and a proxy may well stand in the office network: a header from a stranger, and a trusted proxy that says nothing.
 */
export function knowClientAddress(fastify: FastifyInstance, trustedProxies: readonly AddressRange[]): void {
  fastify.decorateRequest('clientAddress', {
    getter(this: FastifyRequest) {
      const { headers, raw } = this;
      const isTrusted = isWithin(trustedProxies, raw.socket.remoteAddress);
      const isForwarded = headers['x-forwarded-for'] !== undefined;
      if (isTrusted) return isForwarded ? this.ip : undefined;
      return isForwarded || headers.forwarded !== undefined ? undefined : this.ip;
    },
  });
}

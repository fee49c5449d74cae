import type { Type } from '@nestjs/common';
import { Reflector, type ModuleRef } from '@nestjs/core';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { plainJsonReader } from '../platform/http/json-body';
import { whenReady, type Awaitable } from '../platform/timing/when-ready';
import { accessRuleOf, AccessGuard, type GuardedRequest } from './access.guard';
import type { Principal } from './principal';

/** A method that reads the request and sends the answer itself. What it throws becomes a problem document. */
export type DirectMethod = (request: FastifyRequest, reply: FastifyReply, caller: Principal) => Awaitable<void>;

interface DirectConfig {
  direct?: { controller: Type; method: string };
}

/**
 * Marks a method that Fastify calls itself, after AccessGuard and nothing else of Nest: for the two routes that are asked tens
 * of thousands of times a second. Nest's chain of guards, interceptors and pipes makes some twenty promises for each request and
 * took half the time of a status read. Everything else that is written at the method stays true, and without
 * `answerDirectly` it is a route of Nest like any other: its parameters are the request, the reply and the caller.
 */
export const Direct =
  () =>
  <K extends string>(target: Record<K, DirectMethod>, method: K, descriptor: PropertyDescriptor): void => {
    const config: DirectConfig = { direct: { controller: target.constructor as Type, method } };
    RouteConfig(config)(target, method, descriptor);
  };

/** Before Nest registers its routes. */
export function answerDirectly(fastify: FastifyInstance, modules: ModuleRef): void {
  const readBody = plainJsonReader(fastify);
  fastify.addHook('onRoute', (route) => {
    const { direct } = (route.config ?? {}) as DirectConfig;
    if (direct === undefined) return;
    route.handler = directHandler(modules, direct);
    if ([route.method].flat().includes('PUT')) route.preParsing = readBody;
  });
}

function directHandler(
  modules: ModuleRef,
  { controller: type, method: name }: NonNullable<DirectConfig['direct']>,
): RouteOptions['handler'] {
  const guard = modules.get(AccessGuard, { strict: false });
  const controller = modules.get<Record<string, DirectMethod>>(type, { strict: false });
  const method = controller[name];
  if (method === undefined) throw new Error(`${type.name} has no method ${name}`);
  const rule = accessRuleOf(modules.get(Reflector, { strict: false }), method, type);
  return (request, reply) => {
    // As Nest does it: a segment without a character is no user and no device.
    if (Object.values(request.params as Record<string, string>).includes('')) {
      reply.callNotFound();
      return undefined;
    }
    const answered = whenReady(guard.admit(request as GuardedRequest, reply, rule), (caller) =>
      method.call(controller, request, reply, caller),
    );
    // Not handed to Fastify, which would ask whether an answer was sent.
    if (answered instanceof Promise) answered.catch((error: unknown) => reply.send(error));
    return undefined;
  };
}

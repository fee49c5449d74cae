import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { SCOPES } from './access/principal';
import { SESSION_COOKIE } from './access/sessions/session-cookie';

/** Serves the OpenAPI page at /docs and its JSON at /docs-json: made from the same decorators that make the routes. */
export function serveOpenApi(app: NestFastifyApplication, publicUrl: string): void {
  const scopes = Object.fromEntries(SCOPES.map((scope) => [scope, DESCRIPTIONS[scope]]));
  const builder = new DocumentBuilder()
    .setTitle('Zoom CloudLink Connector')
    .setDescription(
      'Links a Zoom account with a Mitel CloudLink account. Every error is a problem document (RFC 9457) with a stable `code`.',
    )
    .setVersion('1')
    .addServer(publicUrl)
    .addOAuth2(
      {
        type: 'oauth2',
        flows: {
          clientCredentials: {
            tokenUrl: `${publicUrl}/oauth2/token`,
            scopes,
          },
          authorizationCode: {
            authorizationUrl: `${publicUrl}/oauth2/authorize`,
            tokenUrl: `${publicUrl}/oauth2/token`,
            refreshUrl: `${publicUrl}/oauth2/token`,
            scopes,
          },
        },
      },
      'oauth2',
    )
    .addCookieAuth(
      SESSION_COOKIE,
      {
        type: 'apiKey',
        in: 'cookie',
        name: SESSION_COOKIE,
        description:
          'An admin’s session of the console. A request that changes something needs the header x-csrf-token with the csrfToken of GET /v1/session; one that a page makes by itself says so with the header x-background, and keeps no session alive',
      },
      'session',
    )
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'The push token of a connector' }, 'pushToken');
  SwaggerModule.setup('docs', app, () => SwaggerModule.createDocument(app, builder.build()), {
    jsonDocumentUrl: 'docs-json',
    yamlDocumentUrl: 'docs-yaml',
  });
}

const DESCRIPTIONS: Record<(typeof SCOPES)[number], string> = {
  'status:read': 'Read connectors, users, statuses and sync runs',
  'credentials:read': 'Read the SIP credential and the registration targets of a user',
  'registrations:write': 'Report what a device’s registration came to',
  'sync:run': 'Start a sync',
  'connector:manage': 'Change and disconnect the connector',
  'audit:read': 'Read who did what',
};

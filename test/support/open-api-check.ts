import Ajv from 'ajv';
import addFormats from 'ajv-formats';

interface Schema {
  [key: string]: unknown;
}

interface Operation {
  responses?: Record<string, { content?: Record<string, { schema?: Schema }> }>;
}

interface OpenApi {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

/** Holds real answers against the OpenAPI description that the same server gives of itself. */
export class OpenApiCheck {
  private readonly ajv = new Ajv({ strict: false, allErrors: true });
  /** `GET /path 200` of everything that was checked, so that a test can ask for what was never seen. */
  readonly seen = new Set<string>();

  private constructor(private readonly document: OpenApi) {
    addFormats(this.ajv);
    this.ajv.addSchema({ $id: 'api', ...(tighten({ components: document.components }) as object) });
  }

  static async of(url: string): Promise<OpenApiCheck> {
    return new OpenApiCheck((await (await fetch(`${url}/docs-json`)).json()) as OpenApi);
  }

  /** All `METHOD /path status` that the description promises. */
  promised(): string[] {
    return Object.entries(this.document.paths).flatMap(([path, operations]) =>
      Object.entries(operations).flatMap(([method, operation]) =>
        Object.keys(operation.responses ?? {}).map((status) => `${method.toUpperCase()} ${path} ${status}`),
      ),
    );
  }

  /** @throws Error that says how the answer differs from the description */
  check(method: string, path: string, status: number, contentType: string | null, body: string): void {
    const pathname = path.split('?')[0] ?? '';
    // `users/import` is also of the form `users/{user}`: what has fewer parameters is meant, as for the server.
    const [template] = Object.keys(this.document.paths)
      .filter((candidate) => new RegExp(`^${candidate.replace(/\{[^}]+\}/g, '[^/]+')}$`).test(pathname))
      .sort((a, b) => a.split('{').length - b.split('{').length);
    if (template === undefined) throw new Error(`${method} ${pathname} is not described`);
    const response = this.document.paths[template]?.[method.toLowerCase()]?.responses?.[String(status)];
    if (response === undefined)
      throw new Error(`${method} ${template} answers ${status}, which is not described: ${body.slice(0, 300)}`);
    this.seen.add(`${method} ${template} ${status}`);
    const type = (contentType ?? '').split(';')[0] ?? '';
    const described = Object.keys(response.content ?? {});
    if (described.length === 0) {
      if (body !== '')
        throw new Error(`${method} ${template} ${status} has a body of type ${type} although none is described`);
      return;
    }
    const schema = response.content?.[type]?.schema;
    if (schema === undefined)
      throw new Error(`${method} ${template} ${status} has type ${type}, described are ${described.join(', ')}`);
    if (!/json$/.test(type) || type.endsWith('ndjson')) return;
    const resolved: Schema = JSON.parse(
      JSON.stringify(tighten(schema)).replaceAll('"#/components', '"api#/components'),
    ) as Schema;
    const validate = this.ajv.compile(resolved);
    if (!validate(JSON.parse(body)))
      throw new Error(
        `${method} ${template} ${status}: ${this.ajv.errorsText(validate.errors)} in ${body.slice(0, 600)}`,
      );
  }
}

/** OpenAPI 3.0 → JSON Schema: `nullable`, and no property that is not described. */
function tighten(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(tighten);
  if (typeof node !== 'object' || node === null) return node;
  const { nullable, ...rest }: Schema = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, tighten(value)]),
  );
  const closed =
    rest['type'] === 'object' && rest['properties'] !== undefined && !('additionalProperties' in rest)
      ? { ...rest, additionalProperties: false }
      : rest;
  return nullable === true ? { anyOf: [closed, { type: 'null' }] } : closed;
}

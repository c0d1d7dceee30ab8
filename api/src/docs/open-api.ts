import { Problem } from '@quarry/contracts';
import { z, type ZodType } from 'zod';
import type { RouteDescription } from '../http/describe.js';
import type { Route } from './routes.js';

type Json = Record<string, unknown>;

/** The API's description (OpenAPI 3.1), made of the contracts that its routes parse by. */
export function openApi(routes: readonly Route[], serverVersion: string): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method]: operation(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Quarry',
      version: serverVersion,
      description:
        'Strategies, datasets and runs. Requests that change something by a session’s cookie need the header `x-quarry: 1`.',
    },
    paths,
    components: {
      schemas: { Problem: jsonSchema(Problem, 'output') },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'quarry_session' },
        token: { type: 'http', scheme: 'bearer', description: 'An API token, for programs.' },
      },
    },
  };
}

function operation(route: Route): Json {
  const description = route.description ?? { summary: '' };
  return {
    summary: description.summary,
    tags: [route.controller],
    security: route.isPublic ? [] : [{ session: [] }, ...(route.isPeopleOnly ? [] : [{ token: [] }])],
    parameters: parametersOf(route, description),
    ...(description.body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: jsonSchema(description.body, 'input') } },
          },
        }
      : {}),
    responses: {
      [String(description.status ?? 200)]: { description: description.summary, ...contentOf(description.returns) },
      default: {
        description: 'A refusal, as problem details (RFC 9457)',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

function parametersOf(route: Route, description: RouteDescription): Json[] {
  const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const query = description.query ? jsonSchema(description.query, 'input') : {};
  const required = Array.isArray(query['required']) ? query['required'] : [];
  const inQuery = Object.entries((query['properties'] ?? {}) as Json).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
  const inHeaders = Object.entries(description.headers ?? {}).map(([name, text]) => ({
    name,
    in: 'header',
    description: text,
    schema: { type: 'string' },
  }));
  const againstForgery =
    route.method === 'get'
      ? []
      : [
          {
            name: 'x-quarry',
            in: 'header',
            required: route.isPeopleOnly || route.isPublic,
            schema: { type: 'string', const: '1' },
          },
        ];
  return [...inPath, ...inQuery, ...inHeaders, ...againstForgery];
}

function contentOf(returns: ZodType | string | undefined): Json {
  if (returns === undefined) return {};
  if (typeof returns === 'string') return { content: { [returns]: {} } };
  return { content: { 'application/json': { schema: jsonSchema(returns, 'output') } } };
}

function jsonSchema(contract: ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...schema } = z.toJSONSchema(contract, { io, unrepresentable: 'any' });
  return schema;
}

import { Problem } from '@quarry/contracts';
import { z, type ZodType } from 'zod';
import type { RouteDescription } from '../http/describe.js';
import { DomainError, notFound } from '../http/domain-error.js';
import { problemOf } from '../http/problem.js';
import { exampleOf } from './example-of.js';
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
            content: {
              'application/json': {
                schema: jsonSchema(description.body, 'input'),
                example: exampleOf(description.body, 'input'),
              },
            },
          },
        }
      : {}),
    responses: {
      [String(description.status ?? 200)]: { description: description.summary, ...contentOf(description.returns) },
      ...refusalsOf(route, description),
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

/** What a route may refuse and why, each as problem details; others have the same form. */
function refusalsOf(route: Route, { body, query }: RouteDescription): Json {
  const isAskedForSomething = body !== undefined || query !== undefined || route.path.includes('{');
  const refusals: DomainError[] = [
    ...(isAskedForSomething
      ? [new DomainError('bad-request', 'name: Too small: expected string to have >=1 characters')]
      : []),
    ...(route.isPublic ? [] : [new DomainError('not-signed-in', 'Sign in: there is no session, or it has ended.')]),
    ...(route.isPublic && route.method === 'get'
      ? []
      : [new DomainError('not-allowed', 'This needs the role quant; you have viewer.')]),
    ...(route.path.includes('{') ? [notFound('thing', '2f1b6c9e-7a34-4c8d-9b5e-0d6f3a1e8c72')] : []),
    new DomainError('unavailable', 'The database is out of reach. Try again in a moment.'),
  ];
  const responses = refusals.map((refusal) => {
    const problem = problemOf(refusal);
    return [String(problem.status), { description: problem.title, ...problemContent(problem) }] as const;
  });
  const other = { description: 'Another refusal, as problem details (RFC 9457)', ...problemContent() };
  return { ...Object.fromEntries(responses), default: other };
}

function problemContent(example?: Problem): Json {
  const schema = { $ref: '#/components/schemas/Problem' };
  return { content: { 'application/problem+json': { schema, ...(example ? { example } : {}) } } };
}

function contentOf(returns: ZodType | string | undefined): Json {
  if (returns === undefined) return {};
  if (typeof returns === 'string') return { content: { [returns]: {} } };
  return {
    content: { 'application/json': { schema: jsonSchema(returns, 'output'), example: exampleOf(returns, 'output') } },
  };
}

function jsonSchema(contract: ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...schema } = z.toJSONSchema(contract, { io, unrepresentable: 'any' });
  return schema;
}

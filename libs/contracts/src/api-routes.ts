import * as z from 'zod';
import { CreateStrategy, SaveStrategyVersion, Strategy, StrategyVersion } from './api.js';
import { Dataset } from './team-dataset.js';
import { Session } from './people.js';
import { RunReport } from './any-report.js';
import { Run, RunRequest } from './run.js';

/** A route as a client calls it: where it is, what it takes and what it answers. Names in braces are filled in. */
export interface ApiRoute {
  readonly method: 'get' | 'post';
  readonly path: `/api/${string}`;
  readonly body?: z.ZodType;
  /** A contract, or the media type of an answer that is not JSON. */
  readonly returns: z.ZodType | string;
}

/** The routes that the command calls with an API token. A spec of the API holds each against the route it stands for. */
export const apiRoutes = {
  session: { method: 'get', path: '/api/session', returns: Session },
  strategies: { method: 'get', path: '/api/strategies', returns: z.array(Strategy) },
  createStrategy: { method: 'post', path: '/api/strategies', body: CreateStrategy, returns: Strategy },
  saveVersion: {
    method: 'post',
    path: '/api/strategies/{id}/versions',
    body: SaveStrategyVersion,
    returns: StrategyVersion,
  },
  datasets: { method: 'get', path: '/api/datasets', returns: z.array(Dataset) },
  runs: { method: 'get', path: '/api/runs', returns: z.array(Run) },
  submitRun: { method: 'post', path: '/api/runs', body: RunRequest, returns: Run },
  run: { method: 'get', path: '/api/runs/{id}', returns: Run },
  cancelRun: { method: 'post', path: '/api/runs/{id}/cancel', returns: Run },
  report: { method: 'get', path: '/api/runs/{id}/report', returns: RunReport },
  artifact: { method: 'get', path: '/api/runs/{id}/artifacts/{name}', returns: 'application/octet-stream' },
  runEvents: { method: 'get', path: '/api/runs/{id}/events', returns: 'text/event-stream' },
} as const satisfies Record<string, ApiRoute>;

type Routes = typeof apiRoutes;
type RouteName = keyof Routes;

/** Routes that answer JSON, and those whose bytes are read as they come. */
export type JsonRouteName = { [K in RouteName]: Routes[K]['returns'] extends z.ZodType ? K : never }[RouteName];
export type StreamRouteName = Exclude<RouteName, JsonRouteName>;
export type ApiAnswer<K extends JsonRouteName> = Routes[K]['returns'] extends z.ZodType<infer T> ? T : never;
/** What is sent beside the path: a body where the route takes one. */
export type ApiBody<K extends RouteName> = Routes[K] extends { readonly body: z.ZodType }
  ? { readonly body: z.input<Routes[K]['body']> }
  : object;

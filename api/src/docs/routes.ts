import { RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { ModulesContainer } from '@nestjs/core';
import type { INestApplication } from '@nestjs/common';
import { routeDescription, type RouteDescription } from '../http/describe.js';
import { peopleOnly, publicRoute } from '../http/member.js';

export interface Route {
  readonly method: string;
  /** As OpenAPI writes it: `/api/runs/{id}`. */
  readonly path: string;
  readonly controller: string;
  readonly isPublic: boolean;
  /** No API token may call it. */
  readonly isPeopleOnly: boolean;
  readonly description: RouteDescription | null;
}

/** Every route of every controller, described or not. */
export function routesOf(app: INestApplication): Route[] {
  const controllers = [...app.get(ModulesContainer).values()].flatMap((module) => [...module.controllers.values()]);
  return controllers
    .flatMap(({ metatype }) => (typeof metatype === 'function' ? routesOfController(metatype as Type) : []))
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.method < b.method ? -1 : 1));
}

function routesOfController(controller: Type): Route[] {
  const prefix = metadata<string>(PATH_METADATA, controller) ?? '';
  const prototype = controller.prototype as Record<string, unknown>;
  return Object.getOwnPropertyNames(prototype).flatMap((name) => {
    const handler = prototype[name];
    const method = typeof handler === 'function' ? metadata<RequestMethod>(METHOD_METADATA, handler) : undefined;
    if (typeof handler !== 'function' || method === undefined) return [];
    const parts = [prefix, metadata<string>(PATH_METADATA, handler) ?? '']
      .flatMap((path) => path.split('/'))
      .filter(Boolean);
    const isMarked = (mark: string): boolean =>
      metadata<boolean>(mark, handler) ?? metadata<boolean>(mark, controller) ?? false;
    return [
      {
        method: RequestMethod[method].toLowerCase(),
        path: `/${parts.map((part) => (part.startsWith(':') ? `{${part.slice(1)}}` : part)).join('/')}`,
        controller: controller.name.replace(/Controller$/, ''),
        isPublic: isMarked(publicRoute),
        isPeopleOnly: isMarked(peopleOnly),
        description: metadata<RouteDescription>(routeDescription, handler) ?? null,
      },
    ];
  });
}

function metadata<T>(key: string, target: object): T | undefined {
  return Reflect.getMetadata(key, target) as T | undefined;
}

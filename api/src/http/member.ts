import { createParamDecorator, SetMetadata, type CustomDecorator, type ExecutionContext } from '@nestjs/common';
import type { Role, Session } from '@quarry/contracts';
import type { Actor } from '@quarry/platform/database';
import type { Request } from 'express';

/** Who asks: a user acting for one team, by a session of theirs or through a program that holds an API token. */
export interface Member {
  readonly session: Session;
  /** Null where an API token was presented. */
  readonly sessionId: string | null;
  /** Null where a session was. */
  readonly tokenId: string | null;
  /** As the audit log names them. */
  readonly actor: Actor;
}

const members = new WeakMap<Request, Member>();

export function rememberMember(request: Request, member: Member): void {
  members.set(request, member);
}

export const CurrentMember = createParamDecorator((_: unknown, context: ExecutionContext): Member => {
  const member = members.get(context.switchToHttp().getRequest<Request>());
  if (!member) throw new Error('The route has no member: it is public.');
  return member;
});

export const publicRoute = 'quarry:public';
export const leastRole = 'quarry:least-role';
export const peopleOnly = 'quarry:people-only';
export const operatorsOnly = 'quarry:operators-only';

/** Needs no session. */
export function Public(): CustomDecorator {
  return SetMetadata(publicRoute, true);
}

/** The least role that may call the route; unmarked, reading needs `viewer` and changing needs `quant`. */
export function AllowedFrom(role: Role): CustomDecorator {
  return SetMetadata(leastRole, role);
}

/** About people and rights: a session is needed, an API token does not do. */
export function PeopleOnly(): CustomDecorator {
  return SetMetadata(peopleOnly, true);
}

/** About the cluster, for all teams: of the team that runs it. */
export function OperatorsOnly(): CustomDecorator {
  return SetMetadata(operatorsOnly, true);
}

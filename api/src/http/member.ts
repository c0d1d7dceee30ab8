import { createParamDecorator, SetMetadata, type CustomDecorator, type ExecutionContext } from '@nestjs/common';
import type { Session } from '@quarry/contracts';
import type { Request } from 'express';

/** Who asks: a signed-in user acting for one team. */
export interface Member {
  readonly session: Session;
  /** SHA-256 of the session's token. */
  readonly sessionHash: Buffer;
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
export const openToViewers = 'quarry:open-to-viewers';

/** Needs no session. */
export function Public(): CustomDecorator {
  return SetMetadata(publicRoute, true);
}

/** Changes nothing of the team's, so a viewer may do it too. */
export function OpenToViewers(): CustomDecorator {
  return SetMetadata(openToViewers, true);
}

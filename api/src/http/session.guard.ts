import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import type { Sessions } from '../sessions/sessions.js';
import { sessionTokensOf } from '../sessions/session-cookie.js';
import { DomainError } from './domain-error.js';
import { openToViewers, publicRoute, rememberMember, type Member } from './member.js';

const reading = new Set(['GET', 'HEAD']);

/**
 * Lets a request in: it must have a live session unless the route is public, a role that may do this, and, where it
 * changes something, the header that no other site can make a browser send.
 */
export class SessionGuard implements CanActivate {
  private readonly reflector = new Reflector();

  constructor(private readonly sessions: Sessions) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const is = (mark: string): boolean =>
      this.reflector.getAllAndOverride<boolean | undefined>(mark, [context.getHandler(), context.getClass()]) ?? false;
    const changes = !reading.has(request.method);

    if (!is(publicRoute)) {
      const member = await this.memberOf(request);
      if (!member) throw new DomainError('not-signed-in', 'Sign in: there is no session, or it has ended.');
      if (changes && member.session.role === 'viewer' && !is(openToViewers)) {
        throw new DomainError('not-allowed', 'A viewer reads only. Ask an admin of your team for the role quant.');
      }
      rememberMember(request, member);
    }
    if (changes && request.headers['x-quarry'] !== '1') {
      throw new DomainError(
        'not-allowed',
        'The header x-quarry: 1 is missing. Requests that change something must send it.',
      );
    }
    return true;
  }
  private async memberOf(request: Request): Promise<Member | null> {
    for (const token of sessionTokensOf(request.headers.cookie)) {
      const member = await this.sessions.find(token);
      if (member) return member;
    }
    return null;
  }
}

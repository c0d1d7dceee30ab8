import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Role } from '@quarry/contracts';
import type { Request } from 'express';
import type { Sessions } from '../sessions/sessions.js';
import { accessTokensOf } from '../sessions/session-cookie.js';
import type { ApiTokens } from '../tokens/api-tokens.js';
import type { RequestLimit } from '../limits/request-limit.js';
import { DomainError } from './domain-error.js';
import { leastRole, operatorsOnly, peopleOnly, publicRoute, rememberMember, type Member } from './member.js';

const reading = new Set(['GET', 'HEAD']);
const ranks = Role.options;
/** Another scheme is a proxy's before us, and none of ours. */
const isBearer = /^bearer\b/i;

/**
 * Lets a request in: it must have a live session or API token unless the route is public, a role that may do this, and,
 * where it changes something by a cookie, the header that no other site can make a browser send.
 */
export class SessionGuard implements CanActivate {
  private readonly reflector = new Reflector();

  constructor(
    private readonly sessions: Sessions,
    private readonly tokens: ApiTokens,
    private readonly limit: RequestLimit,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const marked = <T>(mark: string): T | undefined =>
      this.reflector.getAllAndOverride<T | undefined>(mark, [context.getHandler(), context.getClass()]);
    const changes = !reading.has(request.method);

    let byToken = false;
    if (!marked<boolean>(publicRoute)) {
      const member = await this.memberOf(request);
      if (!member) throw new DomainError('not-signed-in', 'Sign in: there is no session, or it has ended.');
      await this.limit.take(member);
      byToken = member.sessionId === null;
      if (byToken && marked<boolean>(peopleOnly)) {
        throw new DomainError('not-allowed', 'An API token may not do this. Sign in with your password instead.');
      }
      if (marked<boolean>(operatorsOnly) && !member.session.runsCluster) {
        throw new DomainError(
          'not-allowed',
          `The team ${member.session.team.name} does not run this cluster. Ask an admin of the team that does.`,
        );
      }
      assertRole(member, marked<Role>(leastRole) ?? (changes ? 'quant' : 'viewer'));
      rememberMember(request, member);
    }
    if (changes && !byToken && request.headers['x-quarry'] !== '1') {
      throw new DomainError(
        'not-allowed',
        'The header x-quarry: 1 is missing. Requests that change something must send it.',
      );
    }
    return true;
  }

  private async memberOf(request: Request): Promise<Member | null> {
    const { authorization, cookie } = request.headers;
    if (authorization !== undefined && isBearer.test(authorization)) return this.tokens.find(authorization);
    for (const token of accessTokensOf(cookie)) {
      const member = await this.sessions.find(token);
      if (member) return member;
    }
    return null;
  }
}

function assertRole({ session, sessionId }: Member, least: Role): void {
  if (ranks.indexOf(session.role) >= ranks.indexOf(least)) return;
  const wayOut =
    sessionId === null ? 'Make an API token with the scope work.' : `Ask an admin of your team for the role ${least}.`;
  throw new DomainError('not-allowed', `This needs the role ${least}; you have ${session.role}. ${wayOut}`);
}

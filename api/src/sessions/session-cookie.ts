import type { Session } from '@quarry/contracts';
import type { CookieOptions, Request, Response } from 'express';
import type { StartedSession } from './open-session.js';

const accessCookie = 'quarry_session';
const refreshCookie = 'quarry_refresh';
/** The refresh token travels only to where it is used. */
const refreshPath = '/api/session';

const mostTokens = 5;

/** The access tokens in a Cookie header: a browser may send several, of which one was left by another server. */
export function accessTokensOf(header: string | undefined): string[] {
  return tokensOf(header, accessCookie);
}

export function refreshTokensOf(header: string | undefined): string[] {
  return tokensOf(header, refreshCookie);
}

function tokensOf(header: string | undefined, cookie: string): string[] {
  const tokens = (header ?? '').split(';').flatMap((part) => {
    const [name, value] = part.trim().split('=', 2);
    return name === cookie && value !== undefined && /^[\w-]{43}$/.test(value) ? [value] : [];
  });
  return tokens.slice(0, mostTokens);
}

/** Tokens go into cookies, where no script reaches them; the body tells who is signed in. */
export function answer({ session, access, refresh }: StartedSession, request: Request, response: Response): Session {
  const shared: CookieOptions = { httpOnly: true, sameSite: 'strict', secure: request.secure };
  response.cookie(accessCookie, access.token, { ...shared, path: '/', expires: access.until });
  response.cookie(refreshCookie, refresh.token, { ...shared, path: refreshPath, expires: refresh.until });
  return session;
}

export function takeCookies(response: Response): void {
  response.clearCookie(accessCookie, { path: '/' });
  response.clearCookie(refreshCookie, { path: refreshPath });
}

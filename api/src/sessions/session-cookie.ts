import type { CookieOptions } from 'express';

export const sessionCookie = 'quarry_session';

const mostTokens = 5;

/** The sessions' tokens in a Cookie header: a browser may send several, of which one was left by another server. */
export function sessionTokensOf(header: string | undefined): string[] {
  const tokens = (header ?? '').split(';').flatMap((part) => {
    const [name, value] = part.trim().split('=', 2);
    return name === sessionCookie && value !== undefined && /^[\w-]{43}$/.test(value) ? [value] : [];
  });
  return tokens.slice(0, mostTokens);
}

export function sessionCookieOptions(secure: boolean, expires: Date): CookieOptions {
  return { httpOnly: true, sameSite: 'strict', path: '/', secure, expires };
}

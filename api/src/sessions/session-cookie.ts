import type { CookieOptions } from 'express';

export const sessionCookie = 'quarry_session';

/** The session's token in a Cookie header, or null. */
export function sessionTokenOf(header: string | undefined): string | null {
  for (const part of (header ?? '').split(';')) {
    const [name, value] = part.trim().split('=', 2);
    if (name === sessionCookie && value !== undefined && /^[\w-]{43}$/.test(value)) return value;
  }
  return null;
}

export function sessionCookieOptions(secure: boolean, expires: Date): CookieOptions {
  return { httpOnly: true, sameSite: 'strict', path: '/', secure, expires };
}

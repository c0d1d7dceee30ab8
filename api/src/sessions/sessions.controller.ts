import { Body, Controller, Delete, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { Session, SignIn } from '@quarry/contracts';
import type { Request, Response } from 'express';
import { Describe } from '../http/describe.js';
import { CurrentMember, OpenToViewers, Public, type Member } from '../http/member.js';
import { sessionCookie, sessionCookieOptions } from './session-cookie.js';
import { Sessions } from './sessions.js';

@Controller('api/session')
export class SessionsController {
  constructor(private readonly sessions: Sessions) {}

  @Post()
  @Public()
  @HttpCode(200)
  @Describe({ summary: 'Sign in; sets the session cookie', body: SignIn, returns: Session })
  async start(
    @Body({ schema: SignIn }) credentials: SignIn,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Session> {
    const { token, expires, session } = await this.sessions.start(credentials, request.ip ?? '');
    response.cookie(sessionCookie, token, sessionCookieOptions(request.secure, expires));
    return session;
  }

  @Get()
  @Describe({ summary: 'Who is signed in, and in which team', returns: Session })
  current(@CurrentMember() member: Member): Session {
    return member.session;
  }

  @Delete()
  @OpenToViewers()
  @HttpCode(204)
  @Describe({ summary: 'Sign out; the session ends at once', status: 204 })
  async end(@CurrentMember() member: Member, @Res({ passthrough: true }) response: Response): Promise<void> {
    await this.sessions.end(member);
    response.clearCookie(sessionCookie, { path: '/' });
  }
}

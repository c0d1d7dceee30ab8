import { Body, Controller, Delete, Get, HttpCode, Post, Put, Req, Res } from '@nestjs/common';
import { ChooseTeam, Session, SignIn } from '@quarry/contracts';
import type { Request, Response } from 'express';
import { Describe } from '../http/describe.js';
import { DomainError } from '../http/domain-error.js';
import { AllowedFrom, CurrentMember, PeopleOnly, Public, type Member } from '../http/member.js';
import { answer, refreshTokensOf, takeCookies } from './session-cookie.js';
import { Sessions } from './sessions.js';

@Controller('api/session')
export class SessionsController {
  constructor(private readonly sessions: Sessions) {}

  @Post()
  @Public()
  @HttpCode(200)
  @Describe({ summary: 'Sign in; sets the cookies of a session', body: SignIn, returns: Session })
  async start(
    @Body({ schema: SignIn }) credentials: SignIn,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Session> {
    return answer(await this.sessions.start(credentials, request.ip ?? ''), request, response);
  }

  @Post('refresh')
  @Public()
  @HttpCode(200)
  @Describe({
    summary: 'Replace the session’s tokens, by its refresh cookie, before or after the access token ends',
    returns: Session,
  })
  async refresh(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<Session> {
    for (const token of refreshTokensOf(request.headers.cookie)) {
      const started = await this.sessions.refresh(token);
      if (started) return answer(started, request, response);
    }
    throw new DomainError('not-signed-in', 'Sign in: there is no session, or it has ended.');
  }

  @Put('team')
  @AllowedFrom('viewer')
  @PeopleOnly()
  @Describe({ summary: 'Act for another of your teams from here on', body: ChooseTeam, returns: Session })
  async enterTeam(
    @CurrentMember() member: Member,
    @Body({ schema: ChooseTeam }) { teamId }: ChooseTeam,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Session> {
    return answer(await this.sessions.enterTeam(member, teamId), request, response);
  }

  @Get()
  @Describe({ summary: 'Who is signed in, and in which team', returns: Session })
  current(@CurrentMember() member: Member): Session {
    return member.session;
  }

  @Delete()
  @AllowedFrom('viewer')
  @PeopleOnly()
  @HttpCode(204)
  @Describe({ summary: 'Sign out; the session ends at once', status: 204 })
  async end(@CurrentMember() member: Member, @Res({ passthrough: true }) response: Response): Promise<void> {
    await this.sessions.end(member);
    takeCookies(response);
  }
}

import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { JoinTeam, OpenedInvitation, PresentLink, Session } from '@quarry/contracts';
import type { Request, Response } from 'express';
import { Describe } from '../http/describe.js';
import { AllowedFrom, CurrentMember, PeopleOnly, Public, type Member } from '../http/member.js';
import { answer } from '../sessions/session-cookie.js';
import { Invitations } from './invitations.js';

/** For those who hold a link. Its token travels in bodies, never in an address, which is logged. */
@Controller('api/invitation')
export class InvitationsController {
  constructor(private readonly invitations: Invitations) {}

  @Post('open')
  @Public()
  @HttpCode(200)
  @Describe({ summary: 'Who is invited where', body: PresentLink, returns: OpenedInvitation })
  open(@Body({ schema: PresentLink }) { token }: PresentLink): Promise<OpenedInvitation> {
    return this.invitations.open(token);
  }

  @Post('sign-up')
  @Public()
  @Describe({
    summary: 'Make the account that was invited, and sign in',
    status: 201,
    body: JoinTeam,
    returns: Session,
  })
  async signUp(
    @Body({ schema: JoinTeam }) person: JoinTeam,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Session> {
    return answer(await this.invitations.signUp(person, request.ip ?? ''), request, response);
  }

  @Post('accept')
  @AllowedFrom('viewer')
  @PeopleOnly()
  @HttpCode(200)
  @Describe({ summary: 'Join the team with the account you are signed in with', body: PresentLink, returns: Session })
  async accept(
    @CurrentMember() member: Member,
    @Body({ schema: PresentLink }) { token }: PresentLink,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Session> {
    return answer(await this.invitations.accept(member, token), request, response);
  }
}

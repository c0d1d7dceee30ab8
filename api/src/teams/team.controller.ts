import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Req, Res } from '@nestjs/common';
import { ChangeRole, Invitation, Invite, NameTeam, OneTimeLink, Session, Team, TeamMember } from '@quarry/contracts';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Describe } from '../http/describe.js';
import { AllowedFrom, CurrentMember, PeopleOnly, type Member } from '../http/member.js';
import { answer, takeCookies } from '../sessions/session-cookie.js';
import { Invitations } from './invitations.js';
import { Teams } from './teams.js';

const id = { schema: z.uuid() };

@Controller('api/team')
@AllowedFrom('admin')
@PeopleOnly()
export class TeamController {
  constructor(
    private readonly teams: Teams,
    private readonly invitations: Invitations,
  ) {}

  @Get()
  @AllowedFrom('viewer')
  @Describe({ summary: 'Your team and its members', returns: Team })
  get(@CurrentMember() member: Member): Promise<Team> {
    return this.teams.get(member);
  }

  @Post()
  @Describe({
    summary: 'Make another team, and act for it from here on',
    status: 201,
    body: NameTeam,
    returns: Session,
  })
  async make(
    @CurrentMember() member: Member,
    @Body({ schema: NameTeam }) { name }: NameTeam,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Session> {
    return answer(await this.teams.make(member, name), request, response);
  }

  @Patch()
  @Describe({ summary: 'Rename your team', body: NameTeam, returns: Team })
  rename(@CurrentMember() member: Member, @Body({ schema: NameTeam }) { name }: NameTeam): Promise<Team> {
    return this.teams.rename(member, name);
  }

  @Delete()
  @HttpCode(204)
  @Describe({ summary: 'Delete your team with everything in it, confirmed by its name', status: 204, body: NameTeam })
  async delete(
    @CurrentMember() member: Member,
    @Body({ schema: NameTeam }) { name }: NameTeam,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.teams.delete(member, name);
    takeCookies(response);
  }

  @Patch('members/:id')
  @Describe({ summary: 'Give a member another role', body: ChangeRole, returns: TeamMember })
  changeRole(
    @CurrentMember() member: Member,
    @Param('id', id) userId: string,
    @Body({ schema: ChangeRole }) { role }: ChangeRole,
  ): Promise<TeamMember> {
    return this.teams.changeRole(member, userId, role);
  }

  @Delete('members/:id')
  @HttpCode(204)
  @Describe({ summary: 'Remove a member; their sessions and tokens in the team end at once', status: 204 })
  remove(@CurrentMember() member: Member, @Param('id', id) userId: string): Promise<void> {
    return this.teams.remove(member, userId);
  }

  @Post('members/:id/password-reset')
  @Describe({ summary: 'A one-time link by which a member chooses a new password', status: 201, returns: OneTimeLink })
  resetLink(@CurrentMember() member: Member, @Param('id', id) userId: string): Promise<OneTimeLink> {
    return this.teams.resetLink(member, userId);
  }

  @Get('invitations')
  @Describe({ summary: 'Invitations that wait to be accepted', returns: z.array(Invitation) })
  listInvitations(@CurrentMember() member: Member): Promise<Invitation[]> {
    return this.invitations.list(member);
  }

  @Post('invitations')
  @Describe({
    summary: 'Invite somebody; the link is answered this once',
    status: 201,
    body: Invite,
    returns: OneTimeLink,
  })
  invite(@CurrentMember() member: Member, @Body({ schema: Invite }) invite: Invite): Promise<OneTimeLink> {
    return this.invitations.make(member, invite);
  }

  @Delete('invitations/:id')
  @HttpCode(204)
  @Describe({ summary: 'Withdraw an invitation', status: 204 })
  withdraw(@CurrentMember() member: Member, @Param('id', id) invitationId: string): Promise<void> {
    return this.invitations.withdraw(member, invitationId);
  }
}

import { Body, Controller, Get, Put } from '@nestjs/common';
import { TeamLimits as OwnLimits, TeamUsage } from '@quarry/contracts';
import { Describe } from '../http/describe.js';
import { AllowedFrom, CurrentMember, PeopleOnly, type Member } from '../http/member.js';
import { TeamLimits } from './team-limits.js';

@Controller('api/team/limits')
export class LimitsController {
  constructor(private readonly limits: TeamLimits) {}

  @Get()
  @Describe({ summary: 'What your team may use, and what it has used', returns: TeamUsage })
  get(@CurrentMember() member: Member): Promise<TeamUsage> {
    return this.limits.get(member);
  }

  @Put()
  @AllowedFrom('admin')
  @PeopleOnly()
  @Describe({ summary: 'Set your team’s own limits, below what is allowed', body: OwnLimits, returns: TeamUsage })
  set(@CurrentMember() member: Member, @Body({ schema: OwnLimits }) own: OwnLimits): Promise<TeamUsage> {
    return this.limits.set(member, own);
  }
}

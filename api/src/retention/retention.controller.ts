import { Body, Controller, Get, Post, Put } from '@nestjs/common';
import { RetentionDue, RetentionPolicy, TeamRetention } from '@quarry/contracts';
import { Describe } from '../http/describe.js';
import { AllowedFrom, CurrentMember, PeopleOnly, type Member } from '../http/member.js';
import { Retention } from './retention.js';

@Controller('api/team/retention')
export class RetentionController {
  constructor(private readonly retention: Retention) {}

  @Get()
  @Describe({ summary: 'What your team lets go of what it has finished with', returns: TeamRetention })
  get(@CurrentMember() member: Member): Promise<TeamRetention> {
    return this.retention.get(member);
  }

  @Post('preview')
  @AllowedFrom('admin')
  @PeopleOnly()
  @Describe({ summary: 'What a policy would let go now', status: 200, body: RetentionPolicy, returns: RetentionDue })
  preview(
    @CurrentMember() member: Member,
    @Body({ schema: RetentionPolicy }) policy: RetentionPolicy,
  ): Promise<RetentionDue> {
    return this.retention.preview(member, policy);
  }

  @Put()
  @AllowedFrom('admin')
  @PeopleOnly()
  @Describe({ summary: 'Set what goes: it does within the hour', body: RetentionPolicy, returns: TeamRetention })
  set(
    @CurrentMember() member: Member,
    @Body({ schema: RetentionPolicy }) policy: RetentionPolicy,
  ): Promise<TeamRetention> {
    return this.retention.set(member, policy);
  }
}

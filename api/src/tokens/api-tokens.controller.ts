import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiToken, CreateApiToken, NewApiToken } from '@quarry/contracts';
import { z } from 'zod';
import { Describe } from '../http/describe.js';
import { AllowedFrom, CurrentMember, PeopleOnly, type Member } from '../http/member.js';
import { ApiTokens } from './api-tokens.js';

@Controller('api/tokens')
@AllowedFrom('quant')
@PeopleOnly()
export class ApiTokensController {
  constructor(private readonly tokens: ApiTokens) {}

  @Get()
  @Describe({ summary: 'Your API tokens, or as an admin those of the team', returns: z.array(ApiToken) })
  list(@CurrentMember() member: Member): Promise<ApiToken[]> {
    return this.tokens.list(member);
  }

  @Post()
  @Describe({
    summary: 'Make an API token; it is answered this once',
    status: 201,
    body: CreateApiToken,
    returns: NewApiToken,
  })
  make(@CurrentMember() member: Member, @Body({ schema: CreateApiToken }) token: CreateApiToken): Promise<NewApiToken> {
    return this.tokens.make(member, token);
  }

  @Delete(':id')
  @HttpCode(204)
  @Describe({ summary: 'Revoke an API token; it ends at once', status: 204 })
  revoke(@CurrentMember() member: Member, @Param('id', { schema: z.uuid() }) id: string): Promise<void> {
    return this.tokens.revoke(member, id);
  }
}

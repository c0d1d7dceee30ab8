import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { AddProviderKey, ProviderKey } from '@quarry/contracts';
import { z } from 'zod';
import { Describe } from '../http/describe.js';
import { AllowedFrom, CurrentMember, PeopleOnly, type Member } from '../http/member.js';
import { ProviderKeys } from './provider-keys.js';

@Controller('api/provider-keys')
@AllowedFrom('admin')
@PeopleOnly()
export class ProviderKeysController {
  constructor(private readonly keys: ProviderKeys) {}

  @Get()
  @AllowedFrom('quant')
  @Describe({ summary: 'Your team’s keys of data vendors, as hints', returns: z.array(ProviderKey) })
  list(@CurrentMember() member: Member): Promise<ProviderKey[]> {
    return this.keys.list(member);
  }

  @Post()
  @Describe({
    summary: 'Add a key of a data vendor; it is kept sealed and never shown again',
    status: 201,
    body: AddProviderKey,
    returns: ProviderKey,
  })
  add(@CurrentMember() member: Member, @Body({ schema: AddProviderKey }) key: AddProviderKey): Promise<ProviderKey> {
    return this.keys.add(member, key);
  }

  @Delete(':id')
  @HttpCode(204)
  @Describe({ summary: 'Remove a key of a data vendor', status: 204 })
  remove(@CurrentMember() member: Member, @Param('id', { schema: z.uuid() }) id: string): Promise<void> {
    return this.keys.remove(member, id);
  }
}

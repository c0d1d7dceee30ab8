import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { CreateStrategy, Hash, SaveStrategyVersion, Strategy, StrategyVersion } from '@quarry/contracts';
import { z } from 'zod';
import { Describe } from '../http/describe.js';
import { CurrentMember, type Member } from '../http/member.js';
import { Strategies } from './strategies.js';

const id = { schema: z.uuid() };

@Controller('api/strategies')
export class StrategiesController {
  constructor(private readonly strategies: Strategies) {}

  @Get()
  @Describe({ summary: "The team's strategies, by name", returns: z.array(Strategy) })
  list(@CurrentMember() member: Member): Promise<Strategy[]> {
    return this.strategies.list(member);
  }

  @Post()
  @Describe({
    summary: 'Create a strategy with its first version',
    status: 201,
    body: CreateStrategy,
    returns: Strategy,
  })
  create(
    @CurrentMember() member: Member,
    @Body({ schema: CreateStrategy }) strategy: CreateStrategy,
  ): Promise<Strategy> {
    return this.strategies.create(member, strategy);
  }

  @Get(':id')
  @Describe({ summary: 'A strategy', returns: Strategy })
  get(@CurrentMember() member: Member, @Param('id', id) strategyId: string): Promise<Strategy> {
    return this.strategies.get(member, strategyId);
  }

  @Get(':id/versions')
  @Describe({ summary: 'Its versions, newest first', returns: z.array(StrategyVersion) })
  versions(@CurrentMember() member: Member, @Param('id', id) strategyId: string): Promise<StrategyVersion[]> {
    return this.strategies.versions(member, strategyId);
  }

  @Post(':id/versions')
  @Describe({
    summary: 'Save a version and start its check run',
    status: 201,
    body: SaveStrategyVersion,
    returns: StrategyVersion,
  })
  save(
    @CurrentMember() member: Member,
    @Param('id', id) strategyId: string,
    @Body({ schema: SaveStrategyVersion }) { source }: SaveStrategyVersion,
  ): Promise<StrategyVersion> {
    return this.strategies.save(member, strategyId, source);
  }

  @Get(':id/versions/:hash')
  @Describe({ summary: 'One version with its source and what its check run found', returns: StrategyVersion })
  version(
    @CurrentMember() member: Member,
    @Param('id', id) strategyId: string,
    @Param('hash', { schema: Hash }) hash: string,
  ): Promise<StrategyVersion> {
    return this.strategies.version(member, strategyId, hash);
  }
}

import { Body, Controller, Get, Header, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import {
  Cluster as ClusterView,
  ClusterSlice,
  DeadLetter,
  DrainWorker,
  PauseCluster,
  Run,
  ScalingRange,
  SetShare,
} from '@quarry/contracts';
import { z } from 'zod';
import { Describe } from '../http/describe.js';
import { AllowedFrom, CurrentMember, OperatorsOnly, PeopleOnly, type Member } from '../http/member.js';
import { Cluster } from './cluster.js';

const id = { schema: z.uuid() };

const SlicesQuery = z.object({ limit: z.coerce.number().int().min(1).max(1_000).default(100) });
type SlicesQuery = z.infer<typeof SlicesQuery>;

const QueuedRun = Run.pick({ id: true });
type QueuedRun = z.infer<typeof QueuedRun>;

@Controller('api/cluster')
@OperatorsOnly()
@AllowedFrom('admin')
@PeopleOnly()
export class ClusterController {
  constructor(private readonly cluster: Cluster) {}

  @Get()
  @Describe({
    summary: 'Queue depths and waits, workers, shares by team, scaling, the last hour',
    returns: ClusterView,
  })
  get(): Promise<ClusterView> {
    return this.cluster.picture();
  }

  @Get('slices')
  @Describe({
    summary: 'Slices that run or wait, with the reason for waiting',
    query: SlicesQuery,
    returns: z.array(ClusterSlice),
  })
  slices(@Query({ schema: SlicesQuery }) { limit }: SlicesQuery): Promise<ClusterSlice[]> {
    return this.cluster.slices(limit);
  }

  @Get('dead-letters')
  @Describe({ summary: 'Runs that failed by no fault of their authors', returns: z.array(DeadLetter) })
  deadLetters(): Promise<DeadLetter[]> {
    return this.cluster.deadLetters();
  }

  @Post('dead-letters/:id/retry')
  @HttpCode(202)
  @Describe({ summary: 'Queue its work once more, as a new run of its team', status: 202, returns: QueuedRun })
  retry(@CurrentMember() member: Member, @Param('id', id) runId: string): Promise<QueuedRun> {
    return this.cluster.retry(member, runId);
  }

  @Put('pause')
  @Describe({
    summary: 'Pause the queue, or let it go on; what runs goes on',
    body: PauseCluster,
    returns: ClusterView,
  })
  pause(
    @CurrentMember() member: Member,
    @Body({ schema: PauseCluster }) { paused }: PauseCluster,
  ): Promise<ClusterView> {
    return this.cluster.pause(member, paused);
  }

  @Put('scaling')
  @Describe({ summary: 'How many workers there are at least and at most', body: ScalingRange, returns: ClusterView })
  setBounds(
    @CurrentMember() member: Member,
    @Body({ schema: ScalingRange }) range: ScalingRange,
  ): Promise<ClusterView> {
    return this.cluster.setBounds(member, range);
  }

  @Put('workers/:id/draining')
  @Describe({ summary: 'Drain a worker, or let it take slices again', body: DrainWorker, returns: ClusterView })
  drain(
    @CurrentMember() member: Member,
    @Param('id', id) workerId: string,
    @Body({ schema: DrainWorker }) { draining }: DrainWorker,
  ): Promise<ClusterView> {
    return this.cluster.drain(member, workerId, draining);
  }

  @Put('shares/:id')
  @Describe({
    summary: 'A team’s weight, and how many slices it may have at once',
    body: SetShare,
    returns: ClusterView,
  })
  setShare(
    @CurrentMember() member: Member,
    @Param('id', id) teamId: string,
    @Body({ schema: SetShare }) share: SetShare,
  ): Promise<ClusterView> {
    return this.cluster.setShare(member, teamId, share);
  }
}

@Controller('metrics')
@OperatorsOnly()
export class MetricsController {
  constructor(private readonly cluster: Cluster) {}

  @Get()
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  @Describe({ summary: 'The cluster’s numbers, for Prometheus', returns: 'text/plain' })
  metrics(): Promise<string> {
    return this.cluster.metrics();
  }
}

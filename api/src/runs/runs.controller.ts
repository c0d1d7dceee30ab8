import { Body, Controller, Get, Header, Headers, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ArtifactLink, Run, RunKind, RunReport, RunRequest, RunState, Text } from '@quarry/contracts';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Describe } from '../http/describe.js';
import { CurrentMember, type Member } from '../http/member.js';
import { RunArtifacts } from './run-artifacts.js';
import { RunStreams } from './run-streams.js';
import { Runs } from './runs.js';

const id = { schema: z.uuid() };

const RunsQuery = z.object({
  strategyId: z.uuid().optional(),
  kind: RunKind.optional(),
  state: RunState.optional(),
  /** Of the page before, the last run. */
  before: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});
type RunsQuery = z.infer<typeof RunsQuery>;

@Controller('api/runs')
export class RunsController {
  constructor(
    private readonly runs: Runs,
    private readonly artifacts: RunArtifacts,
    private readonly streams: RunStreams,
  ) {}

  @Post()
  @HttpCode(202)
  @Describe({
    summary: 'Queue a backtest, a search, a simulation or a proof',
    status: 202,
    body: RunRequest,
    headers: { 'Idempotency-Key': 'The same request with the same key again answers the same run.' },
    returns: Run,
  })
  submit(
    @CurrentMember() member: Member,
    @Body({ schema: RunRequest }) request: RunRequest,
    @Headers('idempotency-key') key: string | undefined,
  ): Promise<Run> {
    return this.runs.submit(member, request, key ?? null);
  }

  @Get()
  @Describe({ summary: "The team's runs, newest first", query: RunsQuery, returns: z.array(Run) })
  list(@CurrentMember() member: Member, @Query({ schema: RunsQuery }) query: RunsQuery): Promise<Run[]> {
    return this.runs.list(member, query);
  }

  @Get(':id')
  @Describe({ summary: 'A run', returns: Run })
  get(@CurrentMember() member: Member, @Param('id', id) runId: string): Promise<Run> {
    return this.runs.get(member, runId);
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @Describe({ summary: 'Cancel a run that waits or runs; cancelling it again changes nothing', returns: Run })
  cancel(@CurrentMember() member: Member, @Param('id', id) runId: string): Promise<Run> {
    return this.runs.cancel(member, runId);
  }

  @Post(':id/retry')
  @HttpCode(200)
  @Describe({ summary: 'Try a failed run again: only what failed of it', returns: Run })
  retry(@CurrentMember() member: Member, @Param('id', id) runId: string): Promise<Run> {
    return this.runs.retry(member, runId);
  }

  @Get(':id/report')
  @Describe({ summary: 'Its report, once it has ended', returns: RunReport })
  report(
    @CurrentMember() member: Member,
    @Param('id', id) runId: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    return this.artifacts.report(member, runId, request, response);
  }

  @Get(':id/artifacts/:name')
  @Describe({
    summary: 'A file it made, whole or by byte range',
    headers: { Range: 'One range of bytes.' },
    returns: 'application/octet-stream',
  })
  artifact(
    @CurrentMember() member: Member,
    @Param('id', id) runId: string,
    @Param('name', { schema: Text.max(200) }) name: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    return this.artifacts.download(member, runId, name, request, response);
  }

  @Get(':id/artifacts/:name/link')
  @Header('Cache-Control', 'no-store')
  @Describe({
    summary: 'Where to fetch that file: for some minutes from the object store without a session, or else from here',
    returns: ArtifactLink,
  })
  artifactLink(
    @CurrentMember() member: Member,
    @Param('id', id) runId: string,
    @Param('name', { schema: Text.max(200) }) name: string,
  ): Promise<ArtifactLink> {
    return this.artifacts.link(member, runId, name);
  }

  @Get(':id/events')
  @Describe({
    summary: 'Its events as they come (server-sent events, each a RunEvent)',
    headers: { 'Last-Event-ID': 'Resume after this event.' },
    returns: 'text/event-stream',
  })
  events(
    @CurrentMember() member: Member,
    @Param('id', id) runId: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    return this.streams.follow(member, runId, request, response);
  }
}

import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import {
  Dataset,
  DatasetShare,
  DatasetVersion,
  Hash,
  IngestAgain,
  QueryRequest,
  Run,
  ShareDataset,
  Text,
} from '@quarry/contracts';
import type { Request } from 'express';
import { z } from 'zod';
import { Describe } from '../http/describe.js';
import { DomainError } from '../http/domain-error.js';
import { AllowedFrom, CurrentMember, type Member } from '../http/member.js';
import { DatasetShares } from './dataset-shares.js';
import { DatasetVersions } from './dataset-versions.js';
import { Datasets } from './datasets.js';
import { Queries } from './queries.js';
import { UploadQuery } from './upload-query.js';

const id = { schema: z.uuid() };
const hash = { schema: Hash };

const day = z.iso
  .date('is not a date such as 2020-08-31')
  .refine((date) => !date.startsWith('0000'), 'is before the first year')
  .optional();

const DatasetsQuery = z.object({
  search: Text.trim().max(100).optional(),
  /** Of those with bars on these days or between them. */
  from: day,
  to: day,
});
type DatasetsQuery = z.infer<typeof DatasetsQuery>;

@Controller('api/datasets')
export class DatasetsController {
  constructor(
    private readonly datasets: Datasets,
    private readonly datasetVersions: DatasetVersions,
    private readonly datasetShares: DatasetShares,
    private readonly queries: Queries,
  ) {}

  @Get()
  @Describe({
    summary:
      "The team's datasets by name, and those that others share with it; of those that `search` names, or a symbol or column in them, and that have bars between `from` and `to`, where they are given",
    query: DatasetsQuery,
    returns: z.array(Dataset),
  })
  list(@CurrentMember() member: Member, @Query({ schema: DatasetsQuery }) query: DatasetsQuery): Promise<Dataset[]> {
    return this.datasets.list(member, query);
  }

  @Get(':id')
  @Describe({
    summary: 'A dataset with its series and quality report, once its ingest run has succeeded',
    returns: Dataset,
  })
  get(@CurrentMember() member: Member, @Param('id', id) datasetId: string): Promise<Dataset> {
    return this.datasets.get(member, datasetId);
  }

  @Post()
  @Describe({
    summary: 'Upload a CSV, gz, zst, zip, Parquet or Arrow file as the raw body; its ingest run tells the rest',
    status: 201,
    query: UploadQuery,
    returns: Dataset,
  })
  upload(
    @CurrentMember() member: Member,
    @Query({ schema: UploadQuery }) { fileName, accept, ...options }: UploadQuery,
    @Req() request: Request,
  ): Promise<Dataset> {
    if (request.headers['content-type']?.startsWith('multipart/')) {
      throw new DomainError(
        'bad-request',
        'The body is a form. Send the file itself as the body, as "curl --data-binary @prices.csv" does.',
      );
    }
    const announcedBytes =
      request.headers['content-length'] === undefined ? null : Number(request.headers['content-length']);
    return this.datasets.upload(member, { body: request, fileName, options, accept, announcedBytes });
  }

  @Post(':id/ingest')
  @Describe({
    summary: "Read the dataset's last file again with other options, without another upload",
    status: 201,
    body: IngestAgain,
    returns: Dataset,
  })
  ingestAgain(
    @CurrentMember() member: Member,
    @Param('id', id) datasetId: string,
    @Body({ schema: IngestAgain }) request: IngestAgain,
  ): Promise<Dataset> {
    return this.datasets.ingestAgain(member, datasetId, request);
  }

  @Delete(':id')
  @HttpCode(204)
  @Describe({ summary: 'Delete a dataset; runs that wait or run still read it, and reports stay', status: 204 })
  remove(@CurrentMember() member: Member, @Param('id', id) datasetId: string): Promise<void> {
    return this.datasets.remove(member, datasetId);
  }

  @Get(':id/versions')
  @Describe({ summary: 'Its versions, newest first, a proposal before them', returns: z.array(DatasetVersion) })
  versions(@CurrentMember() member: Member, @Param('id', id) datasetId: string): Promise<DatasetVersion[]> {
    return this.datasetVersions.list(member, datasetId);
  }

  @Post(':id/versions/:hash/accept')
  @HttpCode(200)
  @Describe({
    summary: 'Accept a proposal, or go back to an earlier version: new runs read it from here on',
    returns: z.array(DatasetVersion),
  })
  accept(
    @CurrentMember() member: Member,
    @Param('id', id) datasetId: string,
    @Param('hash', hash) version: string,
  ): Promise<DatasetVersion[]> {
    return this.datasetVersions.accept(member, datasetId, version);
  }

  @Delete(':id/versions/:hash')
  @HttpCode(204)
  @Describe({ summary: 'Dismiss a proposal, or delete a version; runs that wait or run still read it', status: 204 })
  removeVersion(
    @CurrentMember() member: Member,
    @Param('id', id) datasetId: string,
    @Param('hash', hash) version: string,
  ): Promise<void> {
    return this.datasetVersions.remove(member, datasetId, version);
  }

  @Get(':id/shares')
  @Describe({ summary: 'The teams that may read it besides its own', returns: z.array(DatasetShare) })
  shares(@CurrentMember() member: Member, @Param('id', id) datasetId: string): Promise<DatasetShare[]> {
    return this.datasetShares.list(member, datasetId);
  }

  @Post(':id/shares')
  @AllowedFrom('admin')
  @Describe({
    summary: 'Let another team read it, with what it will hold; sharing it once more changes nothing',
    status: 201,
    body: ShareDataset,
    returns: z.array(DatasetShare),
  })
  share(
    @CurrentMember() member: Member,
    @Param('id', id) datasetId: string,
    @Body({ schema: ShareDataset }) request: ShareDataset,
  ): Promise<DatasetShare[]> {
    return this.datasetShares.share(member, datasetId, request);
  }

  @Delete(':id/shares/:team')
  @HttpCode(204)
  @AllowedFrom('admin')
  @Describe({
    summary: 'No longer let that team read it: what it has not begun to read fails; its results stay',
    status: 204,
  })
  unshare(
    @CurrentMember() member: Member,
    @Param('id', id) datasetId: string,
    @Param('team', id) teamId: string,
  ): Promise<void> {
    return this.datasetShares.unshare(member, datasetId, teamId);
  }

  @Post(':id/query')
  @HttpCode(202)
  @Describe({
    summary: "Ask a dataset in SQL; the answer is its run's artifact answer.arrow, an Arrow stream",
    status: 202,
    body: QueryRequest,
    returns: Run,
  })
  query(
    @CurrentMember() member: Member,
    @Param('id', id) datasetId: string,
    @Body({ schema: QueryRequest }) request: QueryRequest,
  ): Promise<Run> {
    return this.queries.ask(member, datasetId, request);
  }
}

import { Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import { Dataset } from '@quarry/contracts';
import type { Request } from 'express';
import { z } from 'zod';
import { Describe } from '../http/describe.js';
import { DomainError } from '../http/domain-error.js';
import { CurrentMember, type Member } from '../http/member.js';
import { Datasets } from './datasets.js';
import { UploadQuery } from './upload-query.js';

@Controller('api/datasets')
export class DatasetsController {
  constructor(private readonly datasets: Datasets) {}

  @Get()
  @Describe({ summary: "The team's datasets, by name", returns: z.array(Dataset) })
  list(@CurrentMember() member: Member): Promise<Dataset[]> {
    return this.datasets.list(member);
  }

  @Get(':id')
  @Describe({
    summary: 'A dataset with its series and quality report, once its ingest run has succeeded',
    returns: Dataset,
  })
  get(@CurrentMember() member: Member, @Param('id', { schema: z.uuid() }) id: string): Promise<Dataset> {
    return this.datasets.get(member, id);
  }

  @Post()
  @Describe({
    summary: 'Upload a CSV, gz, zip or Parquet file as the raw body; its ingest run tells the rest',
    status: 201,
    query: UploadQuery,
    returns: Dataset,
  })
  upload(
    @CurrentMember() member: Member,
    @Query({ schema: UploadQuery }) { fileName, ...options }: UploadQuery,
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
    return this.datasets.upload(member, { body: request, fileName, options, announcedBytes });
  }
}

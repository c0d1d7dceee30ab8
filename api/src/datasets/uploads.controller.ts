import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Patch, Post, Req, Res } from '@nestjs/common';
import { BeginUpload, Dataset, IngestUpload, Upload } from '@quarry/contracts';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Describe } from '../http/describe.js';
import { DomainError } from '../http/domain-error.js';
import { CurrentMember, type Member } from '../http/member.js';
import { Datasets } from './datasets.js';
import { Uploads } from './uploads.js';

const id = { schema: z.uuid() };

/** Large files in pieces, after the manner of tus: begin, send from an offset, ask for the offset, make a dataset of it. */
@Controller('api/uploads')
export class UploadsController {
  constructor(
    private readonly uploads: Uploads,
    private readonly datasets: Datasets,
  ) {}

  @Post()
  @Describe({
    summary: 'Begin an upload of a file of so many bytes',
    status: 201,
    body: BeginUpload,
    returns: Upload,
  })
  begin(@CurrentMember() member: Member, @Body({ schema: BeginUpload }) request: BeginUpload): Promise<Upload> {
    return this.uploads.begin(member, request);
  }

  @Get()
  @Describe({ summary: 'Uploads that are no dataset yet, the latest first', returns: z.array(Upload) })
  list(@CurrentMember() member: Member): Promise<Upload[]> {
    return this.uploads.list(member);
  }

  @Get(':id')
  @Describe({ summary: 'How far an upload is, also as the header Upload-Offset, for HEAD', returns: Upload })
  async get(
    @CurrentMember() member: Member,
    @Param('id', id) uploadId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Upload> {
    return withOffset(response, await this.uploads.get(member, uploadId));
  }

  @Patch(':id')
  @Describe({
    summary: 'Send a piece of the file as the raw body; as much of it as arrives is kept',
    headers: { 'Upload-Offset': 'Where the piece begins: what the upload has received so far.' },
    returns: Upload,
  })
  async append(
    @CurrentMember() member: Member,
    @Param('id', id) uploadId: string,
    @Headers('upload-offset') offset: string | undefined,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Upload> {
    if (offset === undefined || !/^\d{1,15}$/.test(offset)) {
      throw new DomainError(
        'bad-request',
        `Upload-Offset is ${offset === undefined ? 'missing' : `"${offset}"`}. Say at which byte the piece begins, such as 0.`,
      );
    }
    return withOffset(response, await this.uploads.append(member, uploadId, Number(offset), request));
  }

  @Delete(':id')
  @HttpCode(204)
  @Describe({ summary: 'Abandon an upload; what has arrived of it goes', status: 204 })
  abandon(@CurrentMember() member: Member, @Param('id', id) uploadId: string): Promise<void> {
    return this.uploads.abandon(member, uploadId);
  }

  @Post(':id/dataset')
  @Describe({
    summary: 'Make a dataset, or a new version of one, of a complete upload; its ingest run tells the rest',
    status: 201,
    body: IngestUpload,
    returns: Dataset,
  })
  ingest(
    @CurrentMember() member: Member,
    @Param('id', id) uploadId: string,
    @Body({ schema: IngestUpload }) request: IngestUpload,
  ): Promise<Dataset> {
    return this.datasets.ingestUpload(member, uploadId, request);
  }
}

function withOffset(response: Response, upload: Upload): Upload {
  response.setHeader('Upload-Offset', String(upload.received));
  response.setHeader('Upload-Length', String(upload.bytes));
  return upload;
}

import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import type { ArtifactLink } from '@quarry/contracts';
import type { ArtifactStore } from '@quarry/platform/artifacts';
import { ArtifactEntity, RunEntity, type Database } from '@quarry/platform/database';
import type { Request, Response } from 'express';
import { DomainError, notFound } from '../http/domain-error.js';
import type { Member } from '../http/member.js';
import { artifactPolicy } from '../http/security-headers.js';
import { byteRange } from './byte-range.js';

/** A link is for one download that begins now. */
const linkSeconds = 300;

function disposition(name: string): string {
  return `attachment; filename="${name.replace(/[^\w.-]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(name)}`;
}

/** Serves what a run left behind, whole or by byte range, straight from the artifact store. */
export class RunArtifacts {
  constructor(
    private readonly database: Database,
    private readonly artifacts: ArtifactStore,
  ) {}

  async report(member: Member, runId: string, request: Request, response: Response): Promise<void> {
    const artifact = await this.find(member, runId, 'report.json');
    await this.send(artifact, request, response, {});
  }

  async download(member: Member, runId: string, name: string, request: Request, response: Response): Promise<void> {
    const artifact = await this.find(member, runId, name);
    await this.send(artifact, request, response, { 'Content-Disposition': disposition(name) });
  }

  /** Where the bytes of one artifact may be fetched without a session for a while, or with one, from here. */
  async link(member: Member, runId: string, name: string): Promise<ArtifactLink> {
    const { key, bytes, contentType } = await this.find(member, runId, name);
    const from = Date.now();
    const terms = { seconds: linkSeconds, contentType, disposition: disposition(name) };
    const url = await this.artifacts.link(key, terms);
    if (url === null) {
      return { url: `/api/runs/${runId}/artifacts/${encodeURIComponent(name)}`, expiresAt: null, bytes, contentType };
    }
    return { url, expiresAt: new Date(from + linkSeconds * 1000).toISOString(), bytes, contentType };
  }

  private find({ session }: Member, runId: string, name: string): Promise<ArtifactEntity> {
    return this.database.inTeam(session.team.id, async (scope) => {
      const run = await scope.repository(RunEntity).existsBy({ id: runId });
      if (!run) throw notFound('run', runId);
      const artifact = await scope.repository(ArtifactEntity).findOneBy({ runId, name });
      if (!artifact)
        throw new DomainError('not-found', `Run ${runId} has no artifact ${name}: it has not ended, or made none.`);
      return artifact;
    });
  }

  private async send(
    artifact: ArtifactEntity,
    request: Request,
    response: Response,
    headers: Record<string, string>,
  ): Promise<void> {
    // A key names its content for good, so it stands for it.
    const tag = `"${createHash('sha256').update(artifact.key).digest('base64url')}"`;
    const caching = { ETag: tag, 'Cache-Control': 'private, no-cache' };
    if (request.headers['if-none-match']?.includes(tag)) {
      response.status(304).set(caching).end();
      return;
    }
    const resumesAnother = ![undefined, tag].includes(request.get('if-range'));
    const range = resumesAnother ? null : byteRange(request.headers.range, artifact.bytes);
    if (range === 'unsatisfiable') {
      throw new DomainError('bad-range', `${artifact.name} has ${artifact.bytes} bytes; the range lies outside.`, {
        headers: { 'Content-Range': `bytes */${artifact.bytes}` },
      });
    }
    const found = await this.artifacts.read(artifact.key, range ?? undefined);
    if (!found)
      throw new DomainError(
        'not-found',
        `The bytes of ${artifact.name} are gone from the artifact store. Run it again with fresh: true.`,
      );

    response.set({
      'Content-Type': artifact.contentType,
      'Content-Length': String(found.bytes),
      'Accept-Ranges': 'bytes',
      ...caching,
      'Content-Security-Policy': artifactPolicy,
      ...headers,
    });
    if (range) response.status(206).set('Content-Range', `bytes ${range.start}-${range.end}/${artifact.bytes}`);
    await pipeline(found.body, response).catch((error: unknown) => {
      if (!response.closed && !response.destroyed) throw error;
    });
  }
}

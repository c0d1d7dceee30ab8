import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { BeginUpload, Upload } from '@quarry/contracts';
import type { ArtifactStore } from '@quarry/platform/artifacts';
import { uploadHours, type Database, type TeamScope } from '@quarry/platform/database';
import { audit } from '../http/audit.js';
import { DomainError, notFound } from '../http/domain-error.js';
import type { Member } from '../http/member.js';
import type { TeamLimits } from '../limits/team-limits.js';
import { pieceOf } from './piece-of.js';
import { tooLarge } from './too-large.js';

/** A piece of which nothing arrives for so long has broken off. */
const stalledMs = 30_000;

const nothing = (): void => undefined;

/**
 * Files that come in pieces. What has arrived is a list of artifacts, one for each piece, and their count in a row: both
 * outlive the connection and this process, so that a client asks how far it is and goes on from there.
 */
export class Uploads {
  /** The piece of each upload that is being stored here, or waits for the one before it. */
  private readonly underWay = new Map<string, Promise<void>>();

  constructor(
    private readonly database: Database,
    private readonly artifacts: ArtifactStore,
    private readonly limits: TeamLimits,
    private readonly maxUploadBytes: number,
  ) {}

  begin({ session, actor }: Member, { fileName, bytes, modifiedAt }: BeginUpload): Promise<Upload> {
    if (bytes > this.maxUploadBytes) throw tooLarge(this.maxUploadBytes);
    return this.database.inTeam(session.team.id, async (scope) => {
      // Of two that begin at once, the second counts the first.
      await scope.rows('SELECT 1 FROM team WHERE id = $1 FOR UPDATE', [scope.teamId]);
      await this.limits.assertMayStore(scope, bytes);
      const id = randomUUID();
      await scope.rows('INSERT INTO upload (id, team_id, file_name, bytes, modified_at) VALUES ($1, $2, $3, $4, $5)', [
        id,
        scope.teamId,
        fileName,
        bytes,
        modifiedAt ?? null,
      ]);
      await audit(scope, actor, 'upload-begun', { id, fileName });
      return uploadOf(scope, id);
    });
  }

  /** All of the team that are no dataset yet, the latest first. */
  list({ session }: Member): Promise<Upload[]> {
    return this.database.inTeam(session.team.id, (scope) => uploadsOf(scope));
  }

  get({ session }: Member, id: string): Promise<Upload> {
    return this.database.inTeam(session.team.id, (scope) => uploadOf(scope, id));
  }

  /**
   * Takes the piece that begins at `offset`, or as much of it as arrives. Of two that begin there one is kept: the other waits for it, and
   * is refused unread.
   */
  async append(member: Member, id: string, offset: number, body: IncomingMessage): Promise<Upload> {
    await this.get(member, id);
    const piece = (this.underWay.get(id) ?? Promise.resolve()).then(() => this.take(member, id, offset, body));
    const ended = piece.then(nothing, nothing);
    this.underWay.set(id, ended);
    void ended.then(() => {
      if (this.underWay.get(id) === ended) this.underWay.delete(id);
    });
    return piece;
  }

  private async take(member: Member, id: string, offset: number, body: IncomingMessage): Promise<Upload> {
    const teamId = member.session.team.id;
    const before = await this.get(member, id);
    if (before.received !== offset) throw wrongOffset(before);

    body.setTimeout(stalledMs, () => body.destroy());
    body.once('end', () => body.setTimeout(0));
    const key = `teams/${teamId}/uploads/${id}/${randomUUID()}`;
    const left = before.bytes - offset;
    const piece = Readable.from(pieceOf(body, left, () => overfull(before, offset)));
    const bytes = await this.artifacts.put(key, piece, 'application/octet-stream');
    const isKept =
      bytes > 0 &&
      (await this.database.inTeam(teamId, async (scope) => {
        const kept = await scope.rows(
          `UPDATE upload SET received = received + $3, parts = parts || to_jsonb($4::text), touched_at = now()
           WHERE id = $1 AND received = $2 RETURNING id`,
          [id, offset, bytes, key],
        );
        return kept.length > 0;
      }));
    if (!isKept) await this.artifacts.remove(key);
    const after = await this.get(member, id);
    if (!isKept && bytes > 0) throw wrongOffset(after);
    return after;
  }

  async abandon({ session, actor }: Member, id: string): Promise<void> {
    const parts = await this.database.inTeam(session.team.id, async (scope) => {
      const [upload] = await scope.rows<{ parts: string[]; file_name: string }>(
        'DELETE FROM upload WHERE id = $1 RETURNING parts, file_name',
        [id],
      );
      if (!upload) throw notFound('upload', id);
      await audit(scope, actor, 'upload-abandoned', { id, fileName: upload.file_name });
      return upload.parts;
    });
    await Promise.all(parts.map((key) => this.artifacts.remove(key)));
  }
}

/** Takes a complete upload out of the list: its keys belong to whoever asked for them. */
export async function takeUpload(
  scope: TeamScope,
  id: string,
): Promise<{ keys: string[]; fileName: string; bytes: number }> {
  const upload = await uploadOf(scope, id);
  if (upload.received < upload.bytes) {
    throw new DomainError(
      'upload-incomplete',
      `Of ${upload.fileName}, ${upload.received} of ${upload.bytes} bytes have arrived. Send the rest first.`,
    );
  }
  const [taken] = await scope.rows<{ parts: string[] }>('DELETE FROM upload WHERE id = $1 RETURNING parts', [id]);
  if (!taken) throw notFound('upload', id);
  return { keys: taken.parts, fileName: upload.fileName, bytes: upload.bytes };
}

async function uploadOf(scope: TeamScope, id: string): Promise<Upload> {
  const [upload] = await uploadsOf(scope, id);
  if (!upload) throw notFound('upload', id);
  return upload;
}

interface UploadRow {
  readonly id: string;
  readonly file_name: string;
  readonly bytes: string;
  readonly received: string;
  readonly modified_at: Date | null;
  readonly expires_at: Date;
}

async function uploadsOf(scope: TeamScope, id: string | null = null): Promise<Upload[]> {
  const rows = await scope.rows<UploadRow>(
    `SELECT id, file_name, bytes, received, modified_at, touched_at + $2 * interval '1 hour' AS expires_at
     FROM upload WHERE $1::uuid IS NULL OR id = $1 ORDER BY touched_at DESC`,
    [id, uploadHours],
  );
  return rows.map((row) => ({
    id: row.id,
    fileName: row.file_name,
    bytes: Number(row.bytes),
    received: Number(row.received),
    modifiedAt: row.modified_at?.toISOString() ?? null,
    expiresAt: row.expires_at.toISOString(),
  }));
}

function wrongOffset({ fileName, received, bytes }: Upload): DomainError {
  return new DomainError(
    'wrong-offset',
    `Of ${fileName}, ${received} of ${bytes} bytes have arrived. Send what follows, with Upload-Offset: ${received}.`,
    { headers: { 'Upload-Offset': String(received) } },
  );
}

function overfull({ fileName, bytes }: Upload, offset: number): DomainError {
  return new DomainError(
    'bad-request',
    `${fileName} was announced with ${bytes} bytes; the piece at ${offset} goes beyond them. Begin another upload.`,
  );
}

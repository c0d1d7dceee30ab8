import { once } from 'node:events';
import type { RunState } from '@quarry/contracts';
import { hasEnded, type Database } from '@quarry/platform/database';
import type { Request, Response } from 'express';
import { DomainError, notFound } from '../http/domain-error.js';
import type { Member } from '../http/member.js';
import { Followers, type Follower } from './followers.js';

const heartbeatMs = 15_000;

/**
 * Follows runs as server-sent events. The rows of run_event are the truth: each is sent with its number, and a stream
 * that resumes names the last it saw, so nothing is lost or repeated. Notifications only wake; without them a look now
 * and then finds the same rows. Progress is the latest value and has no number.
 */
export class RunStreams {
  private readonly followers: Followers;
  private closing = false;

  constructor(private readonly database: Database) {
    this.followers = new Followers(database);
  }

  /** Ends every open stream: their readers resume elsewhere. */
  async close(): Promise<void> {
    this.closing = true;
    await this.followers.close();
  }

  /** Streams a run's events until it has ended or the reader goes. Answers 204 where there is nothing left to come. */
  async follow(member: Member, runId: string, request: Request, response: Response): Promise<void> {
    const after = lastEventOf(request.get('last-event-id'));
    const [run] = await this.database.inTeam(member.session.team.id, (scope) =>
      scope.rows<{ state: RunState; last: number }>('SELECT state, event_sequence AS last FROM run WHERE id = $1', [
        runId,
      ]),
    );
    if (!run) throw notFound('run', runId);
    if (hasEnded(run.state) && run.last <= after) {
      response.status(204).end();
      return;
    }

    response.status(200).set({
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
    });
    response.flushHeaders();
    const { session, sessionId, tokenId } = member;
    const follower = {
      ...{ member: { session, sessionId, tokenId }, runId, after },
      ...{ progress: null, isLetGo: false, wake: () => undefined },
    };
    const heartbeat = setInterval(() => {
      if (!response.writableNeedDrain) response.write(': still here\n\n');
    }, heartbeatMs);
    response.once('close', () => {
      follower.wake();
    });
    this.followers.add(follower);
    try {
      await this.send(follower, response);
    } finally {
      clearInterval(heartbeat);
      this.followers.remove(follower);
      response.end();
    }
  }

  private async send(follower: Follower, response: Response): Promise<void> {
    while (!this.closing && !follower.isLetGo && !response.closed) {
      const woken = new Promise<void>((resolve) => {
        follower.wake = resolve;
      });
      const { text, last, isEnd } = await this.followers.read(follower);
      if (last !== null) {
        await write(response, text);
        follower.after = last;
      }
      if (isEnd) return;
      if (follower.progress !== null) {
        const { progress } = follower;
        follower.progress = null;
        await write(response, progress);
      }
      if (last === null) await woken;
    }
  }
}

const largestSequence = 2 ** 31 - 1;

/** The event after which a stream resumes; a number that no event has yet lies beyond the end. */
function lastEventOf(header = ''): number {
  if (!/^\d*$/.test(header)) {
    throw new DomainError('bad-request', 'The Last-Event-ID is the number of an event, 0 or more.');
  }
  return Math.min(Number(header), largestSequence);
}

/** Writes, and waits while the reader is behind. */
async function write(response: Response, text: string): Promise<void> {
  if (response.closed || response.write(text)) return;
  const done = new AbortController();
  const { signal } = done;
  await Promise.race([once(response, 'drain', { signal }), once(response, 'close', { signal })]).finally(() => {
    done.abort();
  });
}

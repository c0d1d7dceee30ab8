import { once } from 'node:events';
import { RunEvent } from '@quarry/contracts';
import { hasEnded, RunEntity, runEventsAfter, type Database, type Listener } from '@quarry/platform/database';
import type { Request, Response } from 'express';
import { DomainError, notFound } from '../http/domain-error.js';
import type { Member } from '../http/member.js';
import { stillActs } from '../http/still-acts.js';

const pollMs = 2_000;
const heartbeatMs = 15_000;
/** How long a stream may outlive the session or token that opened it. */
const checkMs = 5_000;

type Progress = Extract<RunEvent, { type: 'progress' }>;

/** What wakes one open stream, and the latest progress it has not sent. */
interface Follower {
  wake: () => void;
  progress: Progress | null;
}

/**
 * Follows runs as server-sent events. The rows of run_event are the truth: each is sent with its number, and a stream
 * that resumes names the last it saw, so nothing is lost or repeated. Notifications only wake; without them a poll
 * finds the same rows. Progress is the latest value and has no number.
 */
export class RunStreams {
  private readonly followers = new Map<string, Set<Follower>>();
  private readonly listener: Listener;
  private closing = false;

  constructor(private readonly database: Database) {
    this.listener = database.listen(['quarry_run', 'quarry_progress'], (channel, payload) => {
      if (channel === 'quarry_run') this.wake(payload, null);
      else this.heard(payload);
    });
  }

  /** Ends every open stream: their readers resume elsewhere. */
  async close(): Promise<void> {
    this.closing = true;
    for (const runId of this.followers.keys()) this.wake(runId, null);
    await this.listener.close();
  }

  /** Streams a run's events until it has ended or the reader goes. Answers 204 where there is nothing left to come. */
  async follow(member: Member, runId: string, request: Request, response: Response): Promise<void> {
    const teamId = member.session.team.id;
    let after = lastEventOf(request.get('last-event-id'));
    const run = await this.database.inTeam(teamId, (scope) => scope.repository(RunEntity).findOneBy({ id: runId }));
    if (!run) throw notFound('run', runId);
    if (hasEnded(run.state) && (await this.after(teamId, runId, after)).length === 0) {
      response.status(204).end();
      return;
    }

    response.status(200).set({
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
    });
    response.flushHeaders();
    const follower: Follower = { wake: () => undefined, progress: null };
    this.add(runId, follower);
    try {
      let beat = performance.now();
      let checked = beat;
      while (!this.closing && !response.closed) {
        const woken = new Promise<void>((resolve) => {
          follower.wake = resolve;
        });
        const events = await this.after(teamId, runId, after);
        for (const { sequence, body } of events) {
          await write(response, `id: ${sequence}\ndata: ${JSON.stringify(body)}\n\n`);
          after = sequence;
          if (body.type === 'state' && hasEnded(body.state)) return;
        }
        if (follower.progress) {
          await write(response, `data: ${JSON.stringify(follower.progress)}\n\n`);
          follower.progress = null;
        }
        if (performance.now() - beat > heartbeatMs) {
          await write(response, ': still here\n\n');
          beat = performance.now();
        }
        if (performance.now() - checked > checkMs) {
          if (!(await this.database.inTeam(teamId, (scope) => stillActs(scope, member)))) return;
          checked = performance.now();
        }
        if (events.length === 0) await wokenWithin(woken, pollMs, response);
      }
    } finally {
      this.remove(runId, follower);
      response.end();
    }
  }

  private after(teamId: string, runId: string, sequence: number): ReturnType<typeof runEventsAfter> {
    return this.database.inTeam(teamId, (scope) => runEventsAfter(scope, runId, sequence));
  }

  private heard(payload: string): void {
    const [, runId, json] = /^(\S+) (.*)$/s.exec(payload) ?? [];
    const event = RunEvent.safeParse(parsed(json));
    if (runId !== undefined && event.success && event.data.type === 'progress') this.wake(runId, event.data);
  }

  private wake(runId: string, progress: Progress | null): void {
    for (const follower of this.followers.get(runId) ?? []) {
      follower.progress = progress ?? follower.progress;
      follower.wake();
    }
  }

  private add(runId: string, follower: Follower): void {
    const others = this.followers.get(runId) ?? new Set();
    this.followers.set(runId, others.add(follower));
  }

  private remove(runId: string, follower: Follower): void {
    const others = this.followers.get(runId);
    others?.delete(follower);
    if (others?.size === 0) this.followers.delete(runId);
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

function parsed(json: string | undefined): unknown {
  try {
    return JSON.parse(json ?? '');
  } catch {
    return null;
  }
}

/** Writes, and waits while the reader is behind. */
async function write(response: Response, text: string): Promise<void> {
  if (response.closed || response.write(text)) return;
  await Promise.race([once(response, 'drain'), once(response, 'close')]);
}

async function wokenWithin(woken: Promise<void>, ms: number, response: Response): Promise<void> {
  const done = new AbortController();
  const timer = new Promise<void>((resolve) => {
    const timeout = setTimeout(resolve, ms);
    done.signal.addEventListener('abort', () => {
      clearTimeout(timeout);
    });
  });
  const gone = once(response, 'close', { signal: done.signal }).catch(() => undefined);
  await Promise.race([woken, timer, gone]);
  done.abort();
}

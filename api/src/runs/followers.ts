import { RunEvent } from '@quarry/contracts';
import {
  hasEnded,
  runEventsAfter,
  type Database,
  type Listener,
  type StoredEvent,
  type TeamScope,
} from '@quarry/platform/database';
import type { Member } from '../http/member.js';
import { stillActing } from '../http/still-acting.js';
import { Rounds } from '../rounds.js';

const lookMs = 2_000;
/** A look after so long asks, too, whether the sessions and tokens that opened the streams still act. */
const checkMs = 5_000;

/** One open stream of a run. */
export interface Follower {
  readonly member: Pick<Member, 'session' | 'sessionId' | 'tokenId'>;
  readonly runId: string;
  /** The last event that it was given. */
  after: number;
  /** The latest progress that it was not given, as it is sent. */
  progress: string | null;
  /** Whoever opened it may not follow any more. */
  isLetGo: boolean;
  wake: () => void;
}

/** Events as they are sent. */
interface Chunk {
  readonly text: string;
  /** The number of its last event; null where there is none. */
  readonly last: number | null;
  /** Whether it is that of the run. */
  readonly isEnd: boolean;
}

interface Followed {
  readonly teamId: string;
  readonly followers: Set<Follower>;
  /** What is being read now, by the event after which. */
  readonly reading: Map<number, Promise<Chunk>>;
}

/**
 * All open streams. Whatever they wait for is asked of the database once for all of them: new events once per run and
 * place in it, lost notifications and ended sessions once per team, however many listen.
 */
export class Followers {
  private readonly runs = new Map<string, Followed>();
  private readonly listener: Listener;
  private readonly rounds: Rounds;
  private checkedAt = performance.now();

  constructor(private readonly database: Database) {
    this.listener = database.listen(['quarry_run', 'quarry_progress'], (channel, payload) => {
      if (channel === 'quarry_run') this.wake(payload);
      else this.hear(payload);
    });
    this.rounds = new Rounds(lookMs, () => this.look());
  }

  async close(): Promise<void> {
    for (const runId of this.runs.keys()) this.wake(runId);
    await this.listener.close();
    await this.rounds.close();
  }

  add(follower: Follower): void {
    const { runId, member } = follower;
    const followed = this.runs.get(runId) ?? {
      teamId: member.session.team.id,
      followers: new Set(),
      reading: new Map(),
    };
    followed.followers.add(follower);
    this.runs.set(runId, followed);
  }

  remove(follower: Follower): void {
    const followed = this.runs.get(follower.runId);
    followed?.followers.delete(follower);
    if (followed?.followers.size === 0) this.runs.delete(follower.runId);
  }

  /** Events that the follower was not given. Those who wait at the same place read together. */
  read({ runId, after, member }: Follower): Promise<Chunk> {
    const reading = this.runs.get(runId)?.reading;
    const under = reading?.get(after);
    if (under) return under;
    const read = this.database
      .inTeam(member.session.team.id, (scope) => runEventsAfter(scope, runId, after))
      .then(chunkOf)
      .finally(() => {
        if (reading?.get(after) === read) reading.delete(after);
      });
    reading?.set(after, read);
    return read;
  }

  private hear(payload: string): void {
    const [, runId, json] = /^(\S+) (.*)$/s.exec(payload) ?? [];
    if (runId === undefined || !this.runs.has(runId)) return;
    const event = RunEvent.safeParse(parsed(json));
    if (event.success && event.data.type === 'progress') this.wake(runId, `data: ${JSON.stringify(event.data)}\n\n`);
  }

  private wake(runId: string, progress: string | null = null): void {
    const followed = this.runs.get(runId);
    // A read that is under way may have begun before what is told of now was there.
    followed?.reading.clear();
    for (const follower of followed?.followers ?? []) {
      follower.progress = progress ?? follower.progress;
      follower.wake();
    }
  }

  /** Notifications may be lost, and sessions end unheard. */
  private async look(): Promise<void> {
    const checks = performance.now() - this.checkedAt > checkMs;
    if (checks) this.checkedAt = performance.now();
    for (const [teamId, runIds] of this.byTeam()) {
      // A look that fails comes again; it keeps no other team from its own.
      await this.database.inTeam(teamId, (scope) => this.lookFor(scope, runIds, checks)).catch(() => undefined);
    }
  }

  private async lookFor(scope: TeamScope, runIds: readonly string[], checks: boolean): Promise<void> {
    const rows = await scope.rows<{ id: string; event_sequence: number }>(
      'SELECT id, event_sequence FROM run WHERE id = ANY($1)',
      [runIds],
    );
    for (const { id, event_sequence: last } of rows) {
      if (this.followersOf([id]).some(({ after }) => after < last)) this.wake(id);
    }
    if (!checks) return;

    const followers = this.followersOf(runIds);
    const acting = await stillActing(
      scope,
      followers.map(({ member }) => member),
    );
    for (const follower of followers.filter(({ member }) => !acting.has(member))) {
      follower.isLetGo = true;
      follower.wake();
    }
  }

  private byTeam(): Map<string, string[]> {
    const teams = new Map<string, string[]>();
    for (const [runId, { teamId }] of this.runs) teams.set(teamId, [...(teams.get(teamId) ?? []), runId]);
    return teams;
  }

  private followersOf(runIds: readonly string[]): Follower[] {
    return runIds.flatMap((runId) => [...(this.runs.get(runId)?.followers ?? [])]);
  }
}

function chunkOf(events: readonly StoredEvent[]): Chunk {
  const last = events.at(-1);
  return {
    text: events.map(({ sequence, body }) => `id: ${sequence}\ndata: ${JSON.stringify(body)}\n\n`).join(''),
    last: last?.sequence ?? null,
    isEnd: last?.body.type === 'state' && hasEnded(last.body.state),
  };
}

function parsed(json: string | undefined): unknown {
  try {
    return JSON.parse(json ?? '');
  } catch {
    return null;
  }
}

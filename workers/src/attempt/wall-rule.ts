import type { Wall } from '@quarry/contracts';
import type { Database } from '@quarry/platform/database';

/**
 * Behind anything less than the full wall, one team's strategy may see another's traces: a worker there serves a database
 * of a single team, unless whoever runs it has said with RUNNER_WALL_MIN that the weaker wall will do.
 */
export class WallRule {
  constructor(
    private readonly database: Database,
    private readonly wall: Wall,
    /** The weakest wall that was explicitly accepted; null where nothing was said. */
    private readonly accepted: Wall | null,
  ) {}

  /** Why this worker takes no slices, in words; null where it does. */
  async refusal(): Promise<string | null> {
    if (this.wall === 'full' || this.accepted !== null) return null;
    const teams = await this.database.asRelay((rows) => rows<{ id: string }>('SELECT id FROM team LIMIT 2'));
    if (teams.length < 2) return null;
    return (
      `takes no runs: the wall around strategies is "${this.wall}", and the database serves several teams. ` +
      `Give this worker what the full wall needs, or set RUNNER_WALL_MIN=${this.wall} to accept this one.`
    );
  }
}

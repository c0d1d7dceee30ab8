import type { RetentionDue, RetentionPolicy, TeamRetention } from '@quarry/contracts';
import { retentionDue, retentionPolicy, setRetentionPolicy, type Database } from '@quarry/platform/database';
import { audit } from '../http/audit.js';
import type { Member } from '../http/member.js';

const keepsAll: RetentionPolicy = {
  runDays: null,
  runCount: null,
  logDays: null,
  versionDays: null,
  versionCount: null,
};

/** What teams let go of what they have finished with, as their admins say. */
export class Retention {
  constructor(private readonly database: Database) {}

  get({ session: { team } }: Member): Promise<TeamRetention> {
    return this.database.inTeam(team.id, async (scope) => {
      const policy = (await retentionPolicy(scope)) ?? keepsAll;
      return { policy, due: await retentionDue(scope, policy) };
    });
  }

  preview({ session: { team } }: Member, policy: RetentionPolicy): Promise<RetentionDue> {
    return this.database.inTeam(team.id, (scope) => retentionDue(scope, policy));
  }

  set({ session: { team }, actor }: Member, policy: RetentionPolicy): Promise<TeamRetention> {
    return this.database.inTeam(team.id, async (scope) => {
      await setRetentionPolicy(scope, policy);
      const due = await retentionDue(scope, policy);
      const told = Object.entries(policy).map(([name, value]) => [name, String(value ?? 'keep all')]);
      await audit(scope, actor, 'retention-changed', Object.fromEntries(told) as Record<string, string>);
      return { policy, due };
    });
  }
}

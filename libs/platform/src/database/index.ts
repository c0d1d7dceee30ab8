export {
  appendAudit,
  auditEvents,
  auditPages,
  verifyChain,
  type Actor,
  type AuditRow,
  type ChainedRecord,
  type ChainVerdict,
} from './audit.js';
export { backUpRows, restoreRows, stateOf, type BackedUpRows, type Snapshot } from './backup.js';
export { cancelRun } from './cancel-run.js';
export { appendClaimedEvent, claimSlice, endedWith, LostClaim, renewLease, underClaim, type Claim } from './claim.js';
export { Database, type Stranger } from './database.js';
export { Dispatcher } from './dispatcher.js';
export * from './entities/dataset.js';
export * from './entities/people.js';
export * from './entities/run.js';
export * from './entities/strategy.js';
export { finishRun, type RunEnding, type RunFacts, type StoredArtifact } from './finish-run.js';
export type { Listener } from './listen.js';
export { migrate } from './migrate.js';
export { hashPassword, isOfTodaysCost, verifyPassword } from './password.js';
export { queueRun } from './queue-run.js';
export { handBack, letGo } from './recover-slice.js';
export { roleUrl, type RolePasswords } from './roles.js';
export { appendRunEvent, runEventsAfter, type StoredEvent } from './run-events.js';
export { hasEnded } from './run-state.js';
export { resetPassword, seed, type SeededCredentials } from './seed.js';
export type { TeamScope } from './team-scope.js';
export { verifyAudit } from './verify-audit.js';

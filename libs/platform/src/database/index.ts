export { forgetAbandonedUploads, uploadHours } from './abandoned-uploads.js';
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
export {
  drainWorker,
  drainedWorkers,
  livingWorkers,
  pauseCluster,
  setSlicesPerTeam,
  setTeamShare,
  setWorkerBounds,
  startScaling,
  workersWanted,
} from './cluster/administer.js';
export { clusterMetrics } from './cluster/cluster-metrics.js';
export { clusterPicture, deadLetters } from './cluster/cluster-picture.js';
export { openSlices, waitingReasons } from './cluster/open-slices.js';
export { beat, signOff, type WorkerReport } from './cluster/worker-registry.js';
export { Database, type Rows, type Stranger } from './database.js';
export { acceptVersion, currentVersion, proposeVersion } from './dataset-versions.js';
export { Dispatcher } from './dispatcher.js';
export * from './entities/dataset.js';
export * from './entities/people.js';
export * from './entities/run.js';
export * from './entities/strategy.js';
export { finishRun, type RunEnding, type StoredArtifact, type RunFacts } from './finish-run.js';
export { cutRun, finishPart, type FoundPart, type NextParts } from './go-on.js';
export type { Listener } from './listen.js';
export { migrate } from './migrate.js';
export { isOutOfReach } from './out-of-reach.js';
export { hashPassword, isOfTodaysCost, verifyPassword } from './password.js';
export { priorities, queueRun } from './queue-run.js';
export type { SliceTask } from './queue-slices.js';
export { keepsRawFile } from './raw-files.js';
export { handBack, letGo, pardon, waitForRoom, waitForStores } from './recover-slice.js';
export { reportProgress, type SliceProgress } from './report-progress.js';
export { retain, retentionDue, retentionPolicy, setRetentionPolicy } from './retention.js';
export { retryRun } from './retry-run.js';
export { runPartsAgain } from './run-parts-again.js';
export { roleUrl, type RolePasswords } from './roles.js';
export { appendRunEvent, runEventsAfter, type StoredEvent } from './run-events.js';
export { hasEnded } from './run-state.js';
export { resetPassword, seed, type SeededCredentials } from './seed.js';
export type { TeamScope } from './team-scope.js';
export { traced, traceFields } from './trace.js';
export { recordTrials, writeTrials, type LedgerTrial } from './trial-ledger.js';
export { verifyAudit } from './verify-audit.js';

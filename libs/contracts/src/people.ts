import * as z from 'zod';
import { Text } from './text.js';

/** What a member may do: a viewer reads, a quant also changes and runs, an admin also administers. */
export const Role = z.enum(['viewer', 'quant', 'admin']);
export type Role = z.infer<typeof Role>;

const Email = z.email().max(254);
const PersonName = Text.trim().min(1).max(100);
const TeamName = Text.trim().min(1).max(100);

/** Long rather than intricate: no rule asks for kinds of characters (NIST SP 800-63B). */
export const NewPassword = z.string().min(12, 'has fewer than 12 characters').max(200);

/** `code` is six digits of an authenticator, or a recovery code; needed where two-step sign-in is on. */
export const SignIn = z.object({
  email: z.email(),
  password: z.string().min(1).max(200),
  code: z.string().max(40).optional(),
});
export type SignIn = z.infer<typeof SignIn>;

export const Session = z.object({
  user: z.object({ id: z.uuid(), email: z.string(), name: z.string() }),
  team: z.object({ id: z.uuid(), name: z.string() }),
  role: Role,
  /** Whether the team runs the cluster: its admins administer workers and queue, for all teams. */
  runsCluster: z.boolean(),
});
export type Session = z.infer<typeof Session>;

/** Whether somebody without an invitation may sign up. */
export const SignUpPolicy = z.object({ open: z.boolean() });
export type SignUpPolicy = z.infer<typeof SignUpPolicy>;

export const SignUp = z.object({ email: Email, name: PersonName, password: NewPassword, team: TeamName });
export type SignUp = z.infer<typeof SignUp>;

/** One's own account, in whatever team. */
export const Account = z.object({
  twoStep: z.boolean(),
  recoveryCodesLeft: z.int(),
  teams: z.array(z.object({ id: z.uuid(), name: z.string(), role: Role })),
});
export type Account = z.infer<typeof Account>;

export const ChangePassword = z.object({ password: z.string().min(1).max(200), next: NewPassword });
export type ChangePassword = z.infer<typeof ChangePassword>;

export const ConfirmPassword = z.object({ password: z.string().min(1).max(200) });
export type ConfirmPassword = z.infer<typeof ConfirmPassword>;

/** What an authenticator app takes: the secret in Base32, and the same as an `otpauth:` address. */
export const TwoStepSecret = z.object({ secret: z.string(), address: z.string() });
export type TwoStepSecret = z.infer<typeof TwoStepSecret>;

export const ConfirmTwoStep = z.object({ code: z.string().regex(/^\d{6}$/, 'is not six digits') });
export type ConfirmTwoStep = z.infer<typeof ConfirmTwoStep>;

/** Shown once; each signs in once. */
export const RecoveryCodes = z.object({ codes: z.array(z.string()) });
export type RecoveryCodes = z.infer<typeof RecoveryCodes>;

export const TeamMember = z.object({ id: z.uuid(), email: z.string(), name: z.string(), role: Role });
export type TeamMember = z.infer<typeof TeamMember>;

export const Team = z.object({ id: z.uuid(), name: z.string(), members: z.array(TeamMember) });
export type Team = z.infer<typeof Team>;

export const NameTeam = z.object({ name: TeamName });
export type NameTeam = z.infer<typeof NameTeam>;

export const ChooseTeam = z.object({ teamId: z.uuid() });
export type ChooseTeam = z.infer<typeof ChooseTeam>;

export const ChangeRole = z.object({ role: Role });
export type ChangeRole = z.infer<typeof ChangeRole>;

export const Invite = z.object({ email: Email, role: Role });
export type Invite = z.infer<typeof Invite>;

export const Invitation = z.object({
  id: z.uuid(),
  email: z.string(),
  role: Role,
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});
export type Invitation = z.infer<typeof Invitation>;

/** A token that leaves once, to be handed on by whoever asked for it. It stands behind the # of `path`, which no server logs. */
export const OneTimeLink = z.object({ path: z.string(), expiresAt: z.iso.datetime() });
export type OneTimeLink = z.infer<typeof OneTimeLink>;

const OneTimeToken = z.string().regex(/^[\w-]{43}$/, 'is no token of a link: copy the whole link');
export const PresentLink = z.object({ token: OneTimeToken });
export type PresentLink = z.infer<typeof PresentLink>;

/** What an invitation says to the one who was invited. `known`: an account with the address exists; sign in to accept. */
export const OpenedInvitation = z.object({ email: z.string(), team: z.string(), role: Role, known: z.boolean() });
export type OpenedInvitation = z.infer<typeof OpenedInvitation>;

export const JoinTeam = z.object({ token: OneTimeToken, name: PersonName, password: NewPassword });
export type JoinTeam = z.infer<typeof JoinTeam>;

export const ResetPassword = z.object({ token: OneTimeToken, password: NewPassword });
export type ResetPassword = z.infer<typeof ResetPassword>;

/** `read` is what a viewer may, `work` what a quant may. People and rights are never a token's to change. */
export const TokenScope = z.enum(['read', 'work']);
export type TokenScope = z.infer<typeof TokenScope>;

export const CreateApiToken = z.object({
  name: Text.trim().min(1).max(100),
  scope: TokenScope,
  days: z.int().min(1).max(365),
});
export type CreateApiToken = z.infer<typeof CreateApiToken>;

export const ApiToken = z.object({
  id: z.uuid(),
  name: z.string(),
  scope: TokenScope,
  /** Its first and last characters. */
  hint: z.string(),
  owner: z.string(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  usedAt: z.iso.datetime().nullable(),
});
export type ApiToken = z.infer<typeof ApiToken>;

/** The one answer that holds the token itself. */
export const NewApiToken = z.object({ token: z.string(), made: ApiToken });
export type NewApiToken = z.infer<typeof NewApiToken>;

export const auditActions = [
  'signed-in',
  'signed-out',
  'signed-up',
  'sign-in-locked',
  'session-revoked',
  'password-changed',
  'password-reset-made',
  'password-reset',
  'two-step-on',
  'two-step-off',
  'team-made',
  'team-renamed',
  'team-entered',
  'team-deleted',
  'member-invited',
  'invitation-withdrawn',
  'member-joined',
  'role-changed',
  'member-removed',
  'api-token-made',
  'api-token-revoked',
  'strategy-made',
  'strategy-saved',
  'dataset-uploaded',
  'dataset-version-uploaded',
  'dataset-read-again',
  'dataset-version-accepted',
  'dataset-version-deleted',
  'dataset-deleted',
  'dataset-queried',
  'dataset-shared',
  'dataset-unshared',
  'dataset-lent',
  'dataset-withdrawn',
  'upload-begun',
  'upload-abandoned',
  'run-queued',
  'run-cancelled',
  'limits-changed',
  'retention-changed',
  'retention-applied',
  'run-retried',
  'queue-paused',
  'queue-resumed',
  'worker-bounds-set',
  'worker-drained',
  'worker-resumed',
  'share-set',
  'dead-letter-retried',
  'provider-key-added',
  'provider-key-removed',
  'provider-key-opened',
  'webhook-added',
  'webhook-removed',
  'webhook-tested',
  'schedule-added',
  'schedule-paused',
  'schedule-resumed',
  'schedule-removed',
] as const;
export const AuditAction = z.enum(auditActions);
export type AuditAction = z.infer<typeof AuditAction>;

export const AuditEvent = z.object({
  sequence: z.int().min(1),
  at: z.iso.datetime(),
  actor: z.string(),
  action: z.string(),
  subject: z.record(z.string(), z.string()),
  hash: z.string(),
});
export type AuditEvent = z.infer<typeof AuditEvent>;

/** `brokenAt` is the first event that is missing or was changed; null where the chain holds. `head` is the hash of the last that holds. */
export const AuditVerdict = z.object({ events: z.int(), head: z.string(), brokenAt: z.int().nullable() });
export type AuditVerdict = z.infer<typeof AuditVerdict>;

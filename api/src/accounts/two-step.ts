import { createHash, randomBytes } from 'node:crypto';
import type { RecoveryCodes, TwoStepSecret } from '@quarry/contracts';
import type { Database, Stranger } from '@quarry/platform/database';
import { audit } from '../http/audit.js';
import { isSealed, type Envelope } from '../keys/envelope.js';
import { DomainError } from '../http/domain-error.js';
import type { Member } from '../http/member.js';
import type { Credentials } from './credentials.js';
import { base32, otpauthAddress, stepOf } from './totp.js';

const recoveryCodes = 10;

/** Two-step sign-in by an authenticator's codes (TOTP), with recovery codes for when it is lost. Off until confirmed. */
export class TwoStep {
  constructor(
    private readonly database: Database,
    private readonly credentials: Credentials,
    private readonly envelope: Envelope,
  ) {}

  isOn(userId: string): Promise<boolean> {
    return this.as(userId, async (stranger) => (await this.secretOf(stranger, userId))?.isConfirmed ?? false);
  }

  recoveryCodesLeft(userId: string): Promise<number> {
    return this.as(userId, async (stranger) => {
      const [row] = await stranger.rows<{ left: number }>('SELECT count(*)::int AS left FROM recovery_code');
      return row?.left ?? 0;
    });
  }

  /** Makes a secret. Nothing changes for sign-in until a code of it is confirmed. */
  async begin({ session: { user } }: Member, password: string): Promise<TwoStepSecret> {
    await this.credentials.confirm(user, password);
    const secret = randomBytes(20);
    return this.as(user.id, async (stranger) => {
      const [changed] = await stranger.rows(
        `UPDATE credential SET totp_secret = $2, totp_last_step = 0 WHERE user_id = $1 AND NOT totp_confirmed RETURNING 1`,
        [user.id, this.envelope.seal(secret, contextOf(user.id))],
      );
      if (!changed) {
        throw new DomainError('bad-request', 'Two-step sign-in is on already. Switch it off first to begin anew.');
      }
      return { secret: base32(secret), address: otpauthAddress(user.email, secret) };
    });
  }

  /** Switches it on and answers the recovery codes, this once. */
  confirm({ session: { user, team }, actor }: Member, code: string): Promise<RecoveryCodes> {
    return this.as(user.id, async (stranger) => {
      const held = await this.secretOf(stranger, user.id);
      if (!held || held.isConfirmed) {
        throw new DomainError('bad-request', 'There is no new authenticator to confirm. Begin with your password.');
      }
      if (!(await this.acceptCode(stranger, user.id, code))) {
        throw new DomainError(
          'bad-request',
          `The code ${code} is not the one of now. Check the clock of your device, and enter the next one.`,
        );
      }
      await stranger.rows('UPDATE credential SET totp_confirmed = true WHERE user_id = $1', [user.id]);
      const codes = Array.from({ length: recoveryCodes }, freshRecoveryCode);
      await stranger.rows('DELETE FROM recovery_code');
      for (const one of codes) {
        await stranger.rows('INSERT INTO recovery_code (user_id, code_hash) VALUES ($1, $2)', [
          user.id,
          hashOfCode(one),
        ]);
      }
      await audit(await stranger.enter(team.id), actor, 'two-step-on');
      return { codes };
    });
  }

  async end({ session: { user, team }, actor }: Member, password: string): Promise<void> {
    await this.credentials.confirm(user, password);
    await this.as(user.id, async (stranger) => {
      await stranger.rows('UPDATE credential SET totp_secret = NULL, totp_confirmed = false WHERE user_id = $1', [
        user.id,
      ]);
      await stranger.rows('DELETE FROM recovery_code');
      await audit(await stranger.enter(team.id), actor, 'two-step-off');
    });
  }

  /** Takes six digits of the authenticator or a recovery code; each works once. */
  accept(userId: string, code: string): Promise<boolean> {
    return this.as(userId, async (stranger) => {
      const digits = code.replace(/\s/g, '');
      if (/^\d{6}$/.test(digits)) return this.acceptCode(stranger, userId, digits);
      const used = await stranger.rows('DELETE FROM recovery_code WHERE code_hash = $1 RETURNING 1', [
        hashOfCode(code),
      ]);
      return used.length > 0;
    });
  }

  /** Locks the row, so that of two who present a code at once one gets in. */
  private async acceptCode(stranger: Stranger, userId: string, code: string): Promise<boolean> {
    const held = await this.secretOf(stranger, userId);
    const step = held && stepOf(held.secret, code, { now: Date.now(), lastStep: held.lastStep });
    if (step === null) return false;
    await stranger.rows('UPDATE credential SET totp_last_step = $2 WHERE user_id = $1', [userId, step]);
    return true;
  }

  /** One that is not sealed yet, or under an earlier master key, is sealed under today's. */
  private async secretOf(
    stranger: Stranger,
    userId: string,
  ): Promise<{ readonly secret: Buffer; readonly isConfirmed: boolean; readonly lastStep: number } | null> {
    const [row] = await stranger.rows<{ totp_secret: Buffer | null; totp_confirmed: boolean; totp_last_step: string }>(
      'SELECT totp_secret, totp_confirmed, totp_last_step FROM credential WHERE user_id = $1 FOR UPDATE',
      [userId],
    );
    if (!row?.totp_secret) return null;
    const kept = row.totp_secret;
    const context = contextOf(userId);
    const secret = isSealed(kept) ? this.envelope.open(kept, context) : kept;
    const renewed = isSealed(kept) ? this.envelope.renewed(kept, context) : this.envelope.seal(kept, context);
    if (renewed) await stranger.rows('UPDATE credential SET totp_secret = $2 WHERE user_id = $1', [userId, renewed]);
    return { secret, isConfirmed: row.totp_confirmed, lastStep: Number(row.totp_last_step) };
  }

  private as<T>(userId: string, work: (stranger: Stranger) => Promise<T>): Promise<T> {
    return this.database.asStranger(async (stranger) => {
      await stranger.identify('user_id', userId);
      return work(stranger);
    });
  }
}

function contextOf(userId: string): string {
  return `authenticator of ${userId}`;
}

/** 80 random bits in Base32, in fours. */
function freshRecoveryCode(): string {
  return base32(randomBytes(10)).replace(/(.{4})(?=.)/g, '$1-');
}

/** However it was typed: without spaces and dashes, in capitals. */
function hashOfCode(code: string): Buffer {
  return createHash('sha256').update(code.replace(/[\s-]/g, '').toUpperCase()).digest();
}

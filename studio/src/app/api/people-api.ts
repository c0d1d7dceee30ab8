import { Injectable } from '@angular/core';
import {
  Account,
  ApiToken,
  AuditEvent,
  AuditVerdict,
  Invitation,
  NewApiToken,
  OneTimeLink,
  OpenedInvitation,
  RecoveryCodes,
  Session,
  SignUpPolicy,
  Team,
  TeamMember,
  TwoStepSecret,
} from '@quarry/contracts';
import type {
  ChangePassword,
  CreateApiToken,
  Invite,
  JoinTeam,
  ResetPassword,
  Role,
  SignIn,
  SignUp,
} from '@quarry/contracts';
import { get, list, request, send } from './request';

/** Quarry's HTTP interface as far as it is about people and what they may do. */
@Injectable({ providedIn: 'root' })
export class PeopleApi {
  session(): Promise<Session> {
    return get('/api/session', Session);
  }

  signIn(credentials: SignIn): Promise<Session> {
    return send('POST', '/api/session', credentials, Session);
  }

  async signOut(): Promise<void> {
    await request('DELETE', '/api/session');
  }

  enterTeam(teamId: string): Promise<Session> {
    return send('PUT', '/api/session/team', { teamId }, Session);
  }

  signUpPolicy(): Promise<SignUpPolicy> {
    return get('/api/account/sign-up', SignUpPolicy);
  }

  signUp(person: SignUp): Promise<Session> {
    return send('POST', '/api/account/sign-up', person, Session);
  }

  account(): Promise<Account> {
    return get('/api/account', Account);
  }

  async changePassword(change: ChangePassword): Promise<void> {
    await request('PUT', '/api/account/password', change);
  }

  async resetPassword(reset: ResetPassword): Promise<void> {
    await request('POST', '/api/account/password/reset', reset);
  }

  beginTwoStep(password: string): Promise<TwoStepSecret> {
    return send('POST', '/api/account/two-step', { password }, TwoStepSecret);
  }

  confirmTwoStep(code: string): Promise<RecoveryCodes> {
    return send('POST', '/api/account/two-step/confirm', { code }, RecoveryCodes);
  }

  async endTwoStep(password: string): Promise<void> {
    await request('POST', '/api/account/two-step/off', { password });
  }

  team(): Promise<Team> {
    return get('/api/team', Team);
  }

  makeTeam(name: string): Promise<Session> {
    return send('POST', '/api/team', { name }, Session);
  }

  renameTeam(name: string): Promise<Team> {
    return send('PATCH', '/api/team', { name }, Team);
  }

  async deleteTeam(name: string): Promise<void> {
    await request('DELETE', '/api/team', { name });
  }

  changeRole(userId: string, role: Role): Promise<TeamMember> {
    return send('PATCH', `/api/team/members/${userId}`, { role }, TeamMember);
  }

  async removeMember(userId: string): Promise<void> {
    await request('DELETE', `/api/team/members/${userId}`);
  }

  passwordLink(userId: string): Promise<OneTimeLink> {
    return send('POST', `/api/team/members/${userId}/password-reset`, undefined, OneTimeLink);
  }

  invitations(): Promise<Invitation[]> {
    return list('/api/team/invitations', Invitation);
  }

  invite(invite: Invite): Promise<OneTimeLink> {
    return send('POST', '/api/team/invitations', invite, OneTimeLink);
  }

  async withdrawInvitation(id: string): Promise<void> {
    await request('DELETE', `/api/team/invitations/${id}`);
  }

  openInvitation(token: string): Promise<OpenedInvitation> {
    return send('POST', '/api/invitation/open', { token }, OpenedInvitation);
  }

  join(person: JoinTeam): Promise<Session> {
    return send('POST', '/api/invitation/sign-up', person, Session);
  }

  acceptInvitation(token: string): Promise<Session> {
    return send('POST', '/api/invitation/accept', { token }, Session);
  }

  tokens(): Promise<ApiToken[]> {
    return list('/api/tokens', ApiToken);
  }

  makeToken(token: CreateApiToken): Promise<NewApiToken> {
    return send('POST', '/api/tokens', token, NewApiToken);
  }

  async revokeToken(id: string): Promise<void> {
    await request('DELETE', `/api/tokens/${id}`);
  }

  auditEvents(before?: number): Promise<AuditEvent[]> {
    return list(`/api/audit?limit=100${before === undefined ? '' : `&before=${before}`}`, AuditEvent);
  }

  auditVerdict(): Promise<AuditVerdict> {
    return get('/api/audit/verdict', AuditVerdict);
  }
}

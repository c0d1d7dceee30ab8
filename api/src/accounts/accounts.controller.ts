import { Body, Controller, Get, HttpCode, Post, Put, Req, Res } from '@nestjs/common';
import {
  Account,
  ChangePassword,
  ConfirmPassword,
  ConfirmTwoStep,
  RecoveryCodes,
  ResetPassword,
  Session,
  SignUp,
  SignUpPolicy,
  TwoStepSecret,
} from '@quarry/contracts';
import type { Request, Response } from 'express';
import { Describe } from '../http/describe.js';
import { AllowedFrom, CurrentMember, PeopleOnly, Public, type Member } from '../http/member.js';
import { answer } from '../sessions/session-cookie.js';
import { Accounts } from './accounts.js';
import { TwoStep } from './two-step.js';

@Controller('api/account')
@AllowedFrom('viewer')
@PeopleOnly()
export class AccountsController {
  constructor(
    private readonly accounts: Accounts,
    private readonly twoStep: TwoStep,
  ) {}

  @Get('sign-up')
  @Public()
  @Describe({ summary: 'Whether one may sign up without an invitation', returns: SignUpPolicy })
  policy(): SignUpPolicy {
    return { open: this.accounts.signUpIsOpen };
  }

  @Post('sign-up')
  @Public()
  @Describe({
    summary: 'Sign up with a team of one’s own, where that is open',
    status: 201,
    body: SignUp,
    returns: Session,
  })
  async signUp(
    @Body({ schema: SignUp }) person: SignUp,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Session> {
    return answer(await this.accounts.signUp(person, request.ip ?? ''), request, response);
  }

  @Get()
  @Describe({ summary: 'Your account: your teams, and whether two-step sign-in is on', returns: Account })
  get(@CurrentMember() member: Member): Promise<Account> {
    return this.accounts.get(member);
  }

  @Put('password')
  @HttpCode(204)
  @Describe({ summary: 'Change your password; your other sessions end', status: 204, body: ChangePassword })
  changePassword(
    @CurrentMember() member: Member,
    @Body({ schema: ChangePassword }) change: ChangePassword,
  ): Promise<void> {
    return this.accounts.changePassword(member, change);
  }

  @Post('password/reset')
  @Public()
  @HttpCode(204)
  @Describe({ summary: 'Choose a new password by an admin’s one-time link', status: 204, body: ResetPassword })
  resetPassword(
    @Body({ schema: ResetPassword }) { token, password }: ResetPassword,
    @Req() request: Request,
  ): Promise<void> {
    return this.accounts.resetPassword(token, password, request.ip ?? '');
  }

  @Post('two-step')
  @HttpCode(200)
  @Describe({
    summary: 'Make the secret of an authenticator, to be confirmed',
    body: ConfirmPassword,
    returns: TwoStepSecret,
  })
  begin(
    @CurrentMember() member: Member,
    @Body({ schema: ConfirmPassword }) { password }: ConfirmPassword,
  ): Promise<TwoStepSecret> {
    return this.twoStep.begin(member, password);
  }

  @Post('two-step/confirm')
  @HttpCode(200)
  @Describe({
    summary: 'Switch two-step sign-in on; answers the recovery codes, this once',
    body: ConfirmTwoStep,
    returns: RecoveryCodes,
  })
  confirm(
    @CurrentMember() member: Member,
    @Body({ schema: ConfirmTwoStep }) { code }: ConfirmTwoStep,
  ): Promise<RecoveryCodes> {
    return this.twoStep.confirm(member, code);
  }

  @Post('two-step/off')
  @HttpCode(204)
  @Describe({ summary: 'Switch two-step sign-in off', status: 204, body: ConfirmPassword })
  end(
    @CurrentMember() member: Member,
    @Body({ schema: ConfirmPassword }) { password }: ConfirmPassword,
  ): Promise<void> {
    return this.twoStep.end(member, password);
  }
}

import { createHmac } from 'node:crypto';
import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInBrowser } from './describe-in-browser';
import { Studio } from './studio';

const email = 'ada@example.com';
const password = 'a long enough password';

describeInBrowser('people in the studio', (stage) => {
  let admin: Studio;
  let ada: Studio;

  beforeAll(async () => {
    admin = await Studio.open(stage.browser, stage.quarry);
    ada = await Studio.open(stage.browser, stage.quarry);
    await admin.signIn(stage.quarry);
  }, 300_000);

  test('an admin invites somebody by a link, who makes an account with it and is in the team', async () => {
    await settings(admin, 'Team');
    await admin.page.getByLabel('Email').fill(email);
    await admin.page.getByRole('button', { name: 'Make a link' }).click();
    const link = await admin.page.getByLabel(`Invitation for ${email}`).inputValue();
    await admin.screenshot('people-1-team');

    await ada.page.goto(link);
    await ada.page.getByText(`${email} is invited as quant.`).waitFor();
    await ada.page.getByLabel('Name').fill('Ada');
    await ada.page.getByLabel('Password').fill(password);
    await ada.screenshot('people-2-join');
    await ada.page.getByRole('button', { name: 'Join' }).click();
    await ada.code.waitFor({ state: 'attached' });

    await admin.page.reload();
    const members = admin.page.getByRole('table', { name: 'Members' });
    await members.getByText(email).waitFor();
    expect(await members.getByRole('row').count()).toBe(2);
  }, 90_000);

  test('a used link is refused with a sentence', async () => {
    const page = await stage.browser.newPage({ baseURL: stage.quarry.address });
    await page.goto(`/join#${'x'.repeat(43)}`);
    expect(await page.getByRole('alert').innerText()).toMatch(/^This invitation was used, withdrawn or has expired/);
    await page.close();
  }, 60_000);

  test('two-step sign-in is set up, asked for at the next sign-in, and shows its recovery codes once', async () => {
    await settings(ada, 'Account');
    await ada.page.getByLabel('Your password').fill(password);
    await ada.page.getByRole('button', { name: 'Set up' }).click();
    const key = await ada.page.getByLabel('Key', { exact: true }).innerText();
    await ada.page.getByLabel('Six digits').fill(codeOf(key));
    await ada.page.getByRole('button', { name: 'Switch on' }).click();
    const list = ada.page.getByRole('list', { name: 'Recovery codes' });
    await list.waitFor();
    const codes = await list.getByRole('listitem').allInnerTexts();
    await ada.screenshot('people-3-two-step');
    expect([codes.length, new Set(codes).size]).toEqual([10, 10]);

    await signOut(ada);
    await ada.page.getByLabel('Email').fill(email);
    await ada.page.getByLabel('Password').fill(password);
    await ada.page.getByRole('button', { name: 'Sign in' }).click();
    await ada.page.getByLabel('Code of your authenticator').fill(codes[0] ?? '');
    await ada.screenshot('people-4-code');
    await ada.page.getByRole('button', { name: 'Sign in' }).click();
    await ada.code.waitFor({ state: 'attached' });
    await settings(ada, 'Account');
    await ada.page.getByText('9 recovery codes are left.').waitFor();
  }, 90_000);

  test('a token is made, works for a program, and is revoked', async () => {
    await settings(ada, 'API tokens');
    await ada.page.getByLabel('Name').fill('nightly');
    await ada.page.getByRole('button', { name: 'Make token' }).click();
    const token = await ada.page.getByLabel('Token', { exact: true }).inputValue();
    await ada.page.getByRole('cell', { name: 'nightly' }).waitFor();
    await ada.screenshot('people-5-tokens');
    const ask = async () =>
      (await fetch(`${stage.quarry.address}/api/strategies`, { headers: { authorization: `Bearer ${token}` } })).status;
    const before = await ask();
    await ada.page.getByRole('button', { name: 'Revoke' }).click();
    await ada.page.getByRole('cell', { name: 'nightly' }).waitFor({ state: 'detached' });
    expect([before, await ask()]).toEqual([200, 401]);
  }, 60_000);

  test('an access token that has run out is renewed without a word', async () => {
    await forgetAccess(ada.page);
    await ada.page.goto('/');
    await ada.code.waitFor({ state: 'attached' });
    await forgetAccess(ada.page);
    await ada.openStrategy('Buy and hold');
    const cookies = await ada.page.context().cookies();
    expect(cookies.map(({ name }) => name).sort()).toEqual(['quarry_refresh', 'quarry_session']);
  }, 60_000);

  test('an admin’s link gives a new password', async () => {
    await settings(admin, 'Team');
    await admin.page.getByRole('row', { name: email }).getByRole('button', { name: 'Reset password' }).click();
    const link = await admin.page.getByLabel(`New password for ${email}`).inputValue();
    const page = await stage.browser.newPage({ baseURL: stage.quarry.address });
    await page.goto(link);
    await page.getByLabel('New password').fill('another long password');
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByText('The password is changed').waitFor();
    await page.close();
    await ada.page.goto('/');
    await ada.page.getByRole('heading', { name: 'Sign in to Quarry' }).waitFor();
  }, 60_000);

  test('an admin limits the team and adds a key of a vendor, of which a hint is shown', async () => {
    await settings(admin, 'Limits');
    await admin.page.getByLabel('Slices at once').fill('7');
    await admin.page.getByRole('button', { name: 'Save limits' }).click();
    await admin.page.getByRole('row', { name: 'Slices at once 0 7' }).waitFor();
    await settings(admin, 'Provider keys');
    await admin.page.getByLabel('Provider', { exact: true }).fill('polygon');
    await admin.page.getByLabel('Name', { exact: true }).fill('Daily bars');
    await admin.page.getByLabel('Key', { exact: true }).fill('pk-live-7f3a9c-51d2');
    await admin.page.getByRole('button', { name: 'Add key' }).click();
    await admin.page.getByRole('row', { name: 'Daily bars polygon pk-l…51d2' }).waitFor();
  }, 60_000);

  test('an admin is told what a policy of retention would let go, and then sets it', async () => {
    await settings(admin, 'Retention');
    await admin.page.getByLabel('Days that a run stays after its end').fill('30');
    await admin.page.getByLabel('Days that a run stays after its end').blur();
    await admin.page.getByText('Nothing would go now.').waitFor();
    await admin.screenshot('people-9-retention');
    await admin.page.getByRole('button', { name: 'Save retention' }).click();
    await admin.page.getByRole('row', { name: 'Days that a run stays after its end 30' }).waitFor();
  }, 60_000);

  test('a new team begins with the examples; one goes back to the first; the log tells of all, and holds', async () => {
    await settings(admin, 'Account');
    await admin.page.getByLabel('Another team').fill('Futures');
    await admin.page.getByRole('button', { name: 'Make team' }).click();
    await admin.page.getByRole('link', { name: 'SMA crossover' }).waitFor();
    await enter(admin, 'Quarry');
    await settings(admin, 'Audit log');
    await admin.page.getByText(/The chain of \d+ events holds/).waitFor();
    await admin.screenshot('people-6-audit');
    const told = await admin.page.getByRole('table', { name: 'Audit log' }).innerText();
    const expected = [
      'member joined',
      'two step on',
      'api token made',
      'api token revoked',
      'password reset',
      'team entered',
    ];
    expect(expected.filter((action) => !told.includes(action))).toEqual([]);
  }, 60_000);

  test('an admin shares a dataset with another team, which sees whose it is and changes nothing, until that is taken back', async () => {
    const { page } = admin;
    await page.goto('/datasets');
    await page.getByRole('button', { name: 'sp500' }).click();
    await page.getByLabel('Name of the other team').fill('Future');
    await page.getByRole('button', { name: 'Share to read' }).click();
    await page.getByRole('alert').getByText('there is no team named "Future"').waitFor();
    await page.getByLabel('Name of the other team').fill('Futures');
    await page.getByRole('button', { name: 'Share to read' }).click();
    await page.getByRole('row', { name: 'Futures' }).waitFor();
    await admin.screenshot('people-8-share');

    await enter(admin, 'Futures');
    await page.goto('/datasets');
    await page.getByText('of Quarry').click();
    await page.getByText('Quarry shares it with your team').waitFor();
    await page.getByRole('cell', { name: 'in use' }).waitFor();
    await admin.screenshot('people-9-borrowed');
    expect(await page.getByRole('main').getByRole('button').count()).toBe(0);

    await enter(admin, 'Quarry');
    await page.goto('/datasets');
    await page.getByRole('button', { name: 'sp500' }).click();
    await page.getByRole('button', { name: 'Stop sharing' }).click();
    await page.getByText('No other team.').waitFor();
  }, 60_000);

  test('an admin of the first team sees who works on what, pauses the queue, drains a worker and sets its bounds', async () => {
    await settings(admin, 'Cluster');
    const { page } = admin;
    const workers = page.getByRole('table', { name: 'Workers' });
    await workers.getByText('taking').first().waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('Paused: nothing starts.').waitFor();
    await workers.getByRole('button', { name: 'Drain' }).first().click();
    await workers.getByText('draining').waitFor();
    await admin.screenshot('people-7-cluster');
    await workers.getByRole('button', { name: 'Take slices again' }).click();
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await page.getByLabel('Workers at least').fill('3');
    await page.getByLabel('At most').fill('2');
    await page.getByRole('button', { name: 'Set bounds' }).click();
    expect(await page.getByRole('alert').innerText()).toContain('max: is below min');
  }, 60_000);

  test('workers come and go with the bounds that an admin sets', async () => {
    await settings(admin, 'Cluster');
    const { page } = admin;
    const taking = page.getByRole('table', { name: 'Workers' }).getByText('taking');
    const setBounds = async (count: number) => {
      await page.getByLabel('Workers at least').fill(String(count));
      await page.getByLabel('At most').fill(String(count));
      await page.getByRole('button', { name: 'Set bounds' }).click();
      await page.getByText(`${count} ${count === 1 ? 'worker is' : 'workers are'} wanted`).waitFor({ timeout: 60_000 });
      await taking.nth(count - 1).waitFor({ timeout: 60_000 });
      await taking.nth(count).waitFor({ state: 'detached', timeout: 60_000 });
    };
    await setBounds(2);
    await setBounds(1);
    expect(await taking.count()).toBe(1);
  }, 150_000);

  test('bar 38: nothing of this broke the content security policy', () => {
    expect(
      [admin, ada].flatMap(({ violations, executions, errors }) => [...violations, ...executions, ...errors]),
    ).toEqual([]);
  });
});

async function settings({ page }: Studio, name: string): Promise<void> {
  await page.goto('/settings/account');
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name }).click();
}

async function enter(studio: Studio, team: string): Promise<void> {
  await settings(studio, 'Account');
  await studio.page.getByRole('row', { name: team }).getByRole('button', { name: 'Go there' }).click();
  await studio.code.waitFor({ state: 'attached' });
}

async function signOut({ page }: Studio): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: 'Account' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
}

/** As when half an hour has passed: the browser drops the cookie. */
function forgetAccess(page: Page): Promise<void> {
  return page.context().clearCookies({ name: 'quarry_session' });
}

/** What an authenticator shows (RFC 6238). */
function codeOf(key: string): string {
  const bits = Array.from(key, (letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  ).join('');
  const secret = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const digest = createHmac('sha1', secret).update(counter).digest();
  const number = digest.readUInt32BE((digest.at(-1) ?? 0) & 0xf) & 0x7fff_ffff;
  return String(number % 1_000_000).padStart(6, '0');
}

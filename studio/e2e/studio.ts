import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';
import type { RunningQuarry } from './running-quarry';

const screenshots = fileURLToPath(new URL('screenshots/', import.meta.url));

declare global {
  interface Window {
    /** Set by every page of these suites; a planted script that runs calls it. */
    xss: (from: unknown) => void;
  }
}

/** The studio in a browser, used as a person would: by labels, roles and keys. */
export class Studio {
  /** Breaches of the content security policy, planted scripts that ran, errors of our own. All should stay empty. */
  readonly violations: string[] = [];
  readonly executions: string[] = [];
  readonly errors: string[] = [];

  private constructor(readonly page: Page) {}

  static async open(browser: Browser, quarry: RunningQuarry): Promise<Studio> {
    const page = await browser.newPage({ viewport: { width: 1600, height: 1000 }, baseURL: quarry.address });
    page.setDefaultTimeout(30_000);
    const studio = new Studio(page);
    await studio.watch();
    await page.goto('/');
    return studio;
  }

  async signIn({ email, password }: RunningQuarry): Promise<void> {
    await this.page.getByLabel('Email').fill(email);
    await this.page.getByLabel('Password').fill(password);
    await this.page.getByRole('button', { name: 'Sign in' }).click();
    await this.code.waitFor({ state: 'attached' });
  }

  get code(): Locator {
    return this.page.getByRole('textbox', { name: 'Strategy code' });
  }

  get failure(): Locator {
    return this.page.locator('q-failure-card');
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog');
  }

  get status(): Locator {
    return this.page.getByRole('status', { name: 'Run status' });
  }

  get equity(): Locator {
    return this.page.getByRole('img', { name: 'Equity with drawdown beneath' });
  }

  async openStrategy(name: string): Promise<void> {
    await this.page.getByRole('link', { name }).click();
    await this.page.getByRole('heading', { name, level: 1 }).waitFor();
    await this.checked();
  }

  /** Waits until the version's check run has ended without a finding. */
  async checked(): Promise<void> {
    await this.page.getByRole('status', { name: 'Check' }).getByText('checked', { exact: true }).waitFor();
  }

  async choose(field: string, option: string): Promise<void> {
    await this.page.getByRole('combobox', { name: field }).click();
    await this.page.getByRole('option', { name: option, exact: true }).click();
  }

  async fill(field: string, value: string): Promise<void> {
    const input = this.page.getByLabel(field, { exact: true });
    await input.fill(value);
    await input.press('Tab');
  }

  async run(): Promise<void> {
    await this.page.getByRole('button', { name: 'Run backtest' }).click();
  }

  async tab(name: string): Promise<void> {
    await this.page.getByRole('tab', { name }).click();
  }

  /** Puts the caret behind the first place where the saved code has the text, and types. */
  async typeBehind(text: string, typed: string): Promise<void> {
    const code = await this.savedCode();
    const before = code.slice(0, code.indexOf(text) + text.length);
    const line = before.split('\n').length;
    const column = before.length - before.lastIndexOf('\n');
    await this.code.focus();
    await this.page.keyboard.press('Control+g');
    await this.page.getByRole('textbox', { name: /^Go to line/ }).fill(`:${line}:${column}`);
    await this.page.keyboard.press('Enter');
    await this.focused();
    await this.page.keyboard.type(typed);
  }

  /** Erases so many characters before the caret. */
  async erase(count: number): Promise<void> {
    for (let i = 0; i < count; i++) await this.page.keyboard.press('Backspace');
  }

  /** Waits until the editor takes what is typed. */
  async focused(): Promise<void> {
    await this.page.locator('q-code-editor .monaco-editor.focused').waitFor();
  }

  /** Makes a strategy of this code, as the dialog would, and opens it. */
  async add(name: string, code: string): Promise<void> {
    const source = { entry: 'strategy.ts', files: { 'strategy.ts': code } };
    const headers = { 'x-quarry': '1' };
    const answer = await this.page.request.post('/api/strategies', { headers, data: { name, source } });
    const { id } = (await answer.json()) as { id: string };
    await this.page.goto(`/strategies/${id}`);
    await this.checked();
  }

  async runOn(dataset: string): Promise<void> {
    await this.choose('Dataset', dataset);
    await this.run();
  }

  async upload(fileName: string, content: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Upload a dataset' }).click();
    const file = { name: fileName, mimeType: 'text/csv', buffer: Buffer.from(content) };
    await this.page.getByLabel('File', { exact: true }).setInputFiles(file);
    await this.page.getByRole('button', { name: 'Upload', exact: true }).click();
  }

  /** Looks at everything a report shows, to the end of its lists, and at the options of the first parameter. */
  async visitEveryTab(): Promise<void> {
    const tabs = ['Price', 'Orders', 'Metrics', 'Risk', 'Months', 'Drawdowns', 'Setup', 'Overview', 'Trades'];
    for (const name of tabs) await this.tab(name);
    await this.page.getByRole('rowgroup', { name: 'List of trades' }).press('End');
    await this.tab('Log');
    const log = this.page.getByRole('log');
    await log.or(this.page.getByText('No log', { exact: true })).waitFor();
    if (await log.isVisible()) await log.press('End');
    await this.page.getByRole('combobox', { name: 'text' }).click();
    await this.page.getByRole('option').first().waitFor();
    await this.page.keyboard.press('Escape');
  }

  async screenshot(name: string): Promise<void> {
    await mkdir(screenshots, { recursive: true });
    await this.page.screenshot({ path: `${screenshots}${name}.png` });
  }

  private async savedCode(): Promise<string> {
    const address = `/api${new URL(this.page.url()).pathname}`;
    const { latestVersion } = (await (await this.page.request.get(address)).json()) as { latestVersion: string };
    const version = await this.page.request.get(`${address}/versions/${latestVersion}`);
    const { source } = (await version.json()) as { source: { entry: string; files: Record<string, string> } };
    return source.files[source.entry] ?? '';
  }

  private async watch(): Promise<void> {
    await this.page.exposeFunction('xss', (from: unknown) => this.executions.push(String(from)));
    await this.page.exposeFunction('reportViolation', (words: string) => this.violations.push(words));
    await this.page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) => {
        (window as unknown as { reportViolation: (words: string) => void }).reportViolation(
          `${violatedDirective} ${blockedURI} in ${sourceFile}`,
        );
      });
    });
    this.page.on('dialog', (dialog) => {
      this.executions.push(dialog.message());
      void dialog.dismiss();
    });
    this.page.on('pageerror', (error) => this.errors.push(error.message));
    this.page.on('console', (message) => {
      // A worker's violations reach only the console.
      if (message.text().includes('Content Security Policy')) this.violations.push(message.text());
    });
  }
}

import { Component, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatFormField } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';

/** A secret that is shown this once, ready to be copied. */
@Component({
  selector: 'q-shown-once',
  imports: [MatButton, MatFormField, MatInput],
  template: `
    <div class="field">
      <label for="shown-once">{{ label() }}</label>
      <mat-form-field>
        <input matInput #text id="shown-once" class="figure" readonly [value]="secret()" (focus)="text.select()" />
      </mat-form-field>
      <span class="hint">Shown this once: copy it now.</span>
    </div>
    <button matButton="outlined" type="button" (click)="copy(text)">{{ copied() ? 'Copied' : 'Copy' }}</button>
  `,
  styles: `
    :host {
      display: flex;
      gap: 12px;
      align-items: center;
      padding: 12px;
      border: 1px solid var(--line-strong);
      border-radius: 8px;
      background: var(--accent-soft);
    }
    .field {
      flex: 1;
    }
  `,
})
export class ShownOnce {
  readonly label = input.required<string>();
  readonly secret = input.required<string>();
  protected readonly copied = signal(false);

  /** Over plain HTTP the browser offers no clipboard; the text is then selected, to be copied by hand. */
  protected async copy(text: HTMLInputElement): Promise<void> {
    text.select();
    if (!window.isSecureContext) return;
    await navigator.clipboard.writeText(this.secret());
    this.copied.set(true);
  }
}

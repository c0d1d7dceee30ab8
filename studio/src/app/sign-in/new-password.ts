import { Component, ElementRef, input, viewChild } from '@angular/core';
import { MatFormField } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';

/** The field in which a person chooses a password. */
@Component({
  selector: 'q-new-password',
  imports: [MatFormField, MatInput],
  template: `
    <div class="field">
      <label for="password">{{ label() }}</label>
      <mat-form-field>
        <input
          matInput
          #field
          id="password"
          type="password"
          autocomplete="new-password"
          required
          minlength="12"
          [disabled]="disabled()"
        />
      </mat-form-field>
      <span class="hint">12 characters or more.</span>
    </div>
  `,
  styles: `
    :host {
      display: contents;
    }
  `,
})
export class NewPassword {
  readonly label = input('Password');
  readonly disabled = input(false);
  private readonly field = viewChild.required<ElementRef<HTMLInputElement>>('field');

  get value(): string {
    return this.field().nativeElement.value;
  }
}

import { Component, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogRef,
  MatDialogTitle,
} from '@angular/material/dialog';
import { MatFormField } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import type { Strategy } from '@quarry/contracts';
import { sentence } from '../api/request';
import { StrategyDesk } from '../store/strategy-desk';
import { strategyTemplate } from './strategy-template';

/** Asks for a name and makes a strategy from the template; closes with it. */
@Component({
  selector: 'q-new-strategy-dialog',
  imports: [MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle, MatFormField, MatInput],
  template: `
    <h2 mat-dialog-title>New strategy</h2>
    <form (submit)="create($event, name.value.trim())">
      <mat-dialog-content>
        <div class="field">
          <label for="strategy-name">Name</label>
          <mat-form-field>
            <input matInput #name id="strategy-name" required maxlength="100" autocomplete="off" cdkFocusInitial />
          </mat-form-field>
          <span class="hint">It starts as a moving-average crossover that you can edit.</span>
        </div>
        @if (problem()) {
          <p class="loss" role="alert">{{ problem() }}</p>
        }
      </mat-dialog-content>
      <mat-dialog-actions align="end">
        <button matButton type="button" mat-dialog-close>Cancel</button>
        <button matButton="filled" type="submit" [disabled]="busy()">Create</button>
      </mat-dialog-actions>
    </form>
  `,
})
export class NewStrategyDialog {
  private readonly desk = inject(StrategyDesk);
  private readonly dialog = inject<MatDialogRef<NewStrategyDialog, Strategy>>(MatDialogRef);
  protected readonly busy = signal(false);
  protected readonly problem = signal('');

  protected async create(event: Event, name: string): Promise<void> {
    event.preventDefault();
    if (!name) return this.problem.set('A strategy needs a name.');
    this.busy.set(true);
    try {
      this.dialog.close(await this.desk.create(name, strategyTemplate(name)));
    } catch (error) {
      this.problem.set(sentence(error));
      this.busy.set(false);
    }
  }
}

import { Component, computed, input, output } from '@angular/core';
import { MatFormField } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { MatOption, MatSelect } from '@angular/material/select';
import { shownFigure } from './flaw';
import { choiceOf, type ModelChoice, numberAt, type NumberPlace, withNumber } from './model-choices';

/** One of several models, and the numbers it takes. None is chosen where the value is none of them. */
@Component({
  selector: 'q-model-fields',
  imports: [MatFormField, MatInput, MatOption, MatSelect],
  template: `
    <div class="field">
      <span class="label" [id]="'label-' + name()">{{ label() }}</span>
      <mat-form-field>
        <mat-select
          [panelWidth]="null"
          [aria-labelledby]="'label-' + name()"
          [value]="chosen()"
          (valueChange)="choose($event)"
        >
          <mat-option [value]="-1">{{ none() }}</mat-option>
          @for (choice of choices(); track choice.label; let at = $index) {
            <mat-option [value]="at">{{ choice.label }}</mat-option>
          }
        </mat-select>
      </mat-form-field>
    </div>
    @for (place of places(); track place.path) {
      <div class="field">
        <label [for]="name() + '-' + place.path">{{ place.label }}</label>
        <mat-form-field>
          <input
            matInput
            #figure
            [id]="name() + '-' + place.path"
            type="number"
            step="any"
            [value]="shown(figure, at(place))"
            [attr.aria-invalid]="flawed()"
            (input)="type(place, figure.valueAsNumber)"
          />
        </mat-form-field>
      </div>
    }
  `,
  styles: `
    :host {
      display: contents;
    }
  `,
})
export class ModelFields<T> {
  readonly name = input.required<string>();
  readonly label = input.required<string>();
  readonly none = input('None');
  readonly choices = input.required<readonly ModelChoice<T>[]>();
  readonly value = input.required<T | undefined>();
  readonly flawed = input(false);
  readonly changed = output<T | undefined>();

  protected readonly shown = shownFigure;
  protected readonly chosen = computed(() => choiceOf(this.choices(), this.value()));
  protected readonly places = computed(() => this.choices()[this.chosen()]?.places ?? []);

  protected at(place: NumberPlace): number {
    return numberAt(this.value(), place);
  }

  protected choose(at: number): void {
    this.changed.emit(this.choices()[at]?.model);
  }

  protected type(place: NumberPlace, typed: number): void {
    const value = this.value();
    if (value !== undefined) this.changed.emit(withNumber(value, place, typed));
  }
}

import { toJsonNumber, type ReturnFigures } from '@quarry/contracts';

export function jsonFigures(figures: Readonly<Record<keyof ReturnFigures, number>>): ReturnFigures {
  return Object.fromEntries(Object.entries(figures).map(([id, value]) => [id, toJsonNumber(value)])) as ReturnFigures;
}

import { levelsOf, type Params, type ParameterSpace } from '@quarry/engine/host';

/** The numbers among parameters that lie on the end of their range, where what is best may lie beyond. */
export function atEdges({ dimensions }: ParameterSpace, params: Params): string[] {
  return dimensions
    .filter((axis) => (axis.kind === 'int' || axis.kind === 'float') && levelsOf(axis) > 2)
    .filter((axis) => 'min' in axis && [axis.min, lastOf(axis)].includes(Number(params[axis.name])))
    .map(({ name }) => name);
}

function lastOf(axis: { readonly min: number; readonly max: number; readonly step?: number | null }): number {
  const step = axis.step ?? null;
  return step === null ? axis.max : axis.min + step * Math.floor((axis.max - axis.min) / step + 1e-9);
}

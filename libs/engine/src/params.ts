/** A parameter as a strategy declares it: its type, default and range. The run panel and the CLI read only this. */
export type ParamSpec =
  | { readonly type: 'int'; readonly default: number; readonly min: number; readonly max: number; readonly step: number; readonly description: string }
  | { readonly type: 'float'; readonly default: number; readonly min: number; readonly max: number; readonly step: number | null; readonly description: string }
  | { readonly type: 'bool'; readonly default: boolean; readonly description: string }
  | { readonly type: 'choice'; readonly default: string; readonly options: readonly string[]; readonly description: string };

export type ParamValue = number | boolean | string;
export type ParamSpecs = Readonly<Record<string, ParamSpec>>;

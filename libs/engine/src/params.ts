/** A parameter as a strategy declares it: its type, default and range. The run panel and the CLI read only this. */
export type ParamSpec = IntParam | FloatParam | BoolParam | ChoiceParam;

export interface IntParam {
  readonly type: 'int';
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly description: string;
}

export interface FloatParam {
  readonly type: 'float';
  readonly default: number;
  readonly min: number;
  readonly max: number;
  /** null: any value of the range. */
  readonly step: number | null;
  readonly description: string;
}

export interface BoolParam {
  readonly type: 'bool';
  readonly default: boolean;
  readonly description: string;
}

export interface ChoiceParam<T extends string = string> {
  readonly type: 'choice';
  readonly default: T;
  readonly options: readonly T[];
  readonly description: string;
}

export type ParamValue = number | boolean | string;
export type ParamSpecs = Readonly<Record<string, ParamSpec>>;

/** The values that a strategy sees, under the names it declared. */
export type ParamsOf<P extends ParamSpecs> = {
  readonly [K in keyof P]: P[K] extends ChoiceParam<infer T> ? T : P[K] extends BoolParam ? boolean : number;
};

/** Range and description of a number. Bounds are inclusive; without them any number goes. */
export interface NumberRange {
  readonly min?: number;
  readonly max?: number;
  /** Distance between the values that a sweep tries and the run panel's arrows step. */
  readonly step?: number;
  readonly description?: string;
}

export interface Described {
  readonly description?: string;
}

/**
 * A whole-number parameter.
 * @example fast: int(10, { min: 2, max: 100 })
 */
export function int(value: number, range: NumberRange = {}): IntParam {
  const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER, step = 1, description = '' } = range;
  for (const [name, bound] of Object.entries({ default: value, min, max, step })) {
    if (!Number.isSafeInteger(bound)) throw new RangeError(`int: ${name} is ${bound}; it must be a whole number.`);
  }
  requireRange('int', value, min, max, step);
  return { type: 'int', default: value, min, max, step, description };
}

/**
 * A number parameter.
 * @example risk: float(0.02, { min: 0, max: 0.1, step: 0.005, description: 'Share of equity at risk' })
 */
export function float(value: number, range: NumberRange = {}): FloatParam {
  const { min = -Number.MAX_VALUE, max = Number.MAX_VALUE, step = null, description = '' } = range;
  for (const [name, bound] of Object.entries({ default: value, min, max, step: step ?? 1 })) {
    if (!Number.isFinite(bound)) throw new RangeError(`float: ${name} is ${bound}; it must be a finite number.`);
  }
  requireRange('float', value, min, max, step ?? 1);
  return { type: 'float', default: value, min, max, step, description };
}

/** A switch. */
export function bool(value: boolean, { description = '' }: Described = {}): BoolParam {
  if (typeof value !== 'boolean')
    throw new TypeError(`bool: the default is ${String(value)}; it must be true or false.`);
  return { type: 'bool', default: value, description };
}

/**
 * One of several words.
 * @example average: choice('sma', ['sma', 'ema'])
 */
export function choice<const T extends string>(
  value: NoInfer<T>,
  options: readonly T[],
  { description = '' }: Described = {},
): ChoiceParam<T> {
  if (!options.includes(value)) {
    throw new RangeError(`choice: the default "${value}" is not among the options ${options.join(', ')}.`);
  }
  return { type: 'choice', default: value, options: [...options], description };
}

function requireRange(kind: string, value: number, min: number, max: number, step: number): void {
  if (min > max) throw new RangeError(`${kind}: min ${min} is above max ${max}.`);
  if (value < min || value > max) throw new RangeError(`${kind}: the default ${value} is outside ${min} to ${max}.`);
  if (step <= 0) throw new RangeError(`${kind}: step is ${step}; it must be above 0.`);
}

/** What a Monte Carlo over paths of an account can print. */
export type PathStatistic = 'bands' | 'terminal' | 'maxDrawdown' | 'longestDrawdown' | 'ruin' | 'goal';

/** Figures of a run that stay what they are while the order of things is shuffled. */
export type KeptFigure = 'terminal' | 'totalReturn' | 'sharpe' | 'winRate' | 'profitFactor' | 'expectancy';

interface MethodFacts {
  /** The hypothesis that its paths stand for, in a sentence for the screen. */
  readonly null: string;
  /** What its result may say. Nothing else is computed, and the type of its result has nothing else. */
  readonly speaksOf: readonly PathStatistic[];
  /** Figures that every one of its paths shares with the run: it says nothing about them. */
  readonly cannotChange: readonly KeptFigure[];
}

const everything = ['bands', 'terminal', 'maxDrawdown', 'longestDrawdown', 'ruin', 'goal'] as const;

/** Methods that make paths of an account out of what a run yielded, or out of a model. */
export const pathMethods = {
  'trade-shuffle': {
    null: 'The same trades might have come in any other order.',
    speaksOf: ['bands', 'maxDrawdown', 'longestDrawdown', 'ruin', 'goal'],
    cannotChange: ['terminal', 'totalReturn', 'sharpe', 'winRate', 'profitFactor', 'expectancy'],
  },
  'trade-bootstrap': {
    null: 'Trades are independent draws from what was traded.',
    speaksOf: everything,
    cannotChange: [],
  },
  'stationary-bootstrap': {
    null: 'Returns come in runs of random length, as they did, and the runs are independent.',
    speaksOf: everything,
    cannotChange: [],
  },
  'moving-block-bootstrap': {
    null: 'Returns come in runs of one length, as they did, and the runs are independent.',
    speaksOf: everything,
    cannotChange: [],
  },
  gbm: {
    null: 'Log returns are independent and normal, with the given drift and volatility.',
    speaksOf: everything,
    cannotChange: [],
  },
} as const satisfies Readonly<Record<string, MethodFacts>>;

export type PathMethod = keyof typeof pathMethods;

/** The statistics that a method may print. */
export type SpeaksOf<M extends PathMethod> = (typeof pathMethods)[M]['speaksOf'][number];

/** May this method print that statistic? One that it cannot change would be a number without a meaning. */
export function maySpeakOf(method: PathMethod, statistic: PathStatistic): boolean {
  const facts: MethodFacts = pathMethods[method];
  return facts.speaksOf.includes(statistic);
}

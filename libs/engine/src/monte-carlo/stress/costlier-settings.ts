import type {
  BacktestSettings,
  BorrowModel,
  CommissionModel,
  InterestModel,
  SlippageModel,
  SpreadModel,
} from '../../settings.js';

/**
 * The settings with commission, spread, slippage, and what holding costs so many times as dear. 1 changes nothing, 0 takes
 * them away.
 */
export function costlierSettings(settings: BacktestSettings, times: number): BacktestSettings {
  if (!(times >= 0 && times < Infinity)) throw new RangeError(`Costs are to be ${times} times as dear; 0 or more.`);
  return {
    ...settings,
    commission: commissionTimes(settings.commission, times),
    spread: rateTimes(settings.spread, times),
    slippage: slippageTimes(settings.slippage, times),
    ...(settings.borrow && { borrow: rateTimes(settings.borrow, times) }),
    ...(settings.interest && { interest: rateTimes(settings.interest, times) }),
  };
}

function commissionTimes(model: CommissionModel, times: number): CommissionModel {
  switch (model.kind) {
    case 'none':
      return model;
    case 'fraction':
      return { ...model, rate: model.rate * times };
    case 'per-unit':
      return { ...model, amount: model.amount * times, minimum: model.minimum * times };
    case 'per-order':
      return { ...model, amount: model.amount * times };
    case 'maker-taker':
      return { ...model, maker: model.maker * times, taker: model.taker * times };
    case 'tiered':
      return { ...model, tiers: model.tiers.map(({ from, rate }) => ({ from, rate: rate * times })) };
  }
}

function slippageTimes(model: SlippageModel, times: number): SlippageModel {
  switch (model.kind) {
    case 'none':
      return model;
    case 'fraction':
      return { ...model, rate: model.rate * times };
    case 'fixed':
      return { ...model, amount: model.amount * times };
    case 'volume-share':
      return { ...model, impact: model.impact * times };
    case 'square-root':
      return { ...model, factor: model.factor * times };
  }
}

function rateTimes<M extends SpreadModel | BorrowModel | InterestModel>(model: M, times: number): M {
  return 'rate' in model ? { ...model, rate: model.rate * times } : model;
}

import type { BacktestSettings, CommissionModel, SlippageModel, SpreadModel } from '../../settings.js';

/** The settings with commission, spread and slippage so many times as dear. 1 changes nothing, 0 takes them away. */
export function costlierSettings(settings: BacktestSettings, times: number): BacktestSettings {
  if (!(times >= 0 && times < Infinity)) throw new RangeError(`Costs are to be ${times} times as dear; 0 or more.`);
  return {
    ...settings,
    commission: commissionTimes(settings.commission, times),
    spread: fractionTimes(settings.spread, times),
    slippage: fractionTimes(settings.slippage, times),
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
  }
}

function fractionTimes<M extends SpreadModel | SlippageModel>(model: M, times: number): M {
  return 'rate' in model ? { ...model, rate: model.rate * times } : model;
}

const subjects = new WeakMap();

/** Queues a run of the first example strategy that can be searched, over the daily index that Quarry brings. Answers its id. */
export async function submitRun(quarry, asked) {
  if (!subjects.has(quarry)) subjects.set(quarry, await subjectOf(quarry));
  const { status, body } = await quarry.ask('POST', '/api/runs', { ...subjects.get(quarry), ...asked });
  if (status !== 202) throw new Error(`A run was refused: ${body.detail}`);
  return body.id;
}

async function subjectOf(quarry) {
  const { body: strategies } = await quarry.ask('GET', '/api/strategies');
  const { body: datasets } = await quarry.ask('GET', '/api/datasets');
  const strategy = strategies.find(({ name }) => /cross/i.test(name));
  const dataset = datasets.find(({ name }) => name === 'sp500');
  return { strategyVersion: strategy.latestVersion, strategyId: strategy.id, datasetId: dataset.id };
}

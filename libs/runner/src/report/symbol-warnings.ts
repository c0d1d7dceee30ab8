import type { ReportSymbol } from '@quarry/contracts';

const day = 86_400e6;
/** Shorter than the engine's patience with a silent symbol, so that none that it gave up is left out here. */
const endedBefore = 30 * day;
const mostNamed = 3;

/** What a reader of a run over several symbols should know of their bars. */
export function symbolWarnings(symbols: readonly ReportSymbol[], absent: readonly string[], to: number): string[] {
  const said: string[] = [];
  if (absent.length > 0) {
    said.push(`${has(absent.length)} no bars in this range and took no part: ${listed(absent)}.`);
  }
  const ended = symbols.filter((one) => !one.delisted && one.to <= to - endedBefore);
  if (ended.length > 0) {
    const names = listed(ended.map(({ symbol }) => symbol));
    said.push(
      `${has(ended.length)} no bars in the last 30 days or more (${names}): what was held of them was closed at the last close, as if delisted.`,
    );
  }
  const gappy = symbols.filter(({ missing }) => missing > 0).sort((a, b) => b.missing - a.missing);
  if (gappy.length > 0) {
    const bars = gappy.reduce((sum, { missing }) => sum + missing, 0);
    const names = listed(gappy.map(({ symbol, missing }) => `${symbol} ${missing}`));
    said.push(
      `${bars} ${bars === 1 ? 'bar is' : 'bars are'} missing where other symbols have one (${names}): the last price stood.`,
    );
  }
  return said;
}

function has(count: number): string {
  return count === 1 ? 'One symbol has' : `${count} symbols have`;
}

function listed(names: readonly string[]): string {
  const rest = names.length - mostNamed;
  return names.slice(0, mostNamed).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

import type { Report } from '@quarry/contracts';

/** The report as one page that needs nothing else. */
export function reportHtml(report: Report): Promise<string> {
  return Promise.resolve(`<!doctype html><title>${report.strategyName.replaceAll('<', '&lt;')}</title>`);
}

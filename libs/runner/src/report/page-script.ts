/**
 * What runs in the reader's browser: draws the charts in the colours of the page's style sheet, light or dark, again
 * whenever the theme, the window or the paper changes. Plain JavaScript without dependencies but ECharts.
 */
export const pageScript = `
(() => {
  const options = JSON.parse(document.getElementById('charts').textContent);
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const charts = new Map();
  const fixed = (digits) => (v) => Number(v).toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const formats = { amount: fixed(2), ratio: (v) => (Array.isArray(v) ? v.join(', ') : v === null ? '–' : fixed(2)(v)), count: fixed(0),
    percent: (v) => (v === null ? '–' : fixed(2)(v) + ' %') };

  function colours() {
    const style = getComputedStyle(document.documentElement);
    const read = (name) => style.getPropertyValue('--' + name).trim();
    return Object.fromEntries(['ink', 'faint', 'rule', 'paper', 'accent', 'muted', 'gain', 'loss'].map((n) => [n, read(n)]));
  }
  const font = getComputedStyle(document.body).fontFamily;
  function dress(option, c) {
    const label = { color: c.faint, fontSize: 11, hideOverlap: true };
    const axis = (a, line) => Object.assign({}, a, {
      axisLine: { show: line, lineStyle: { color: c.rule } }, axisTick: { show: false },
      splitLine: { show: !line, lineStyle: { color: c.rule } }, nameTextStyle: { color: c.faint, fontSize: 11 }, axisLabel: Object.assign({}, label, a.axisLabel),
    });
    const many = (a, line) => (Array.isArray(a) ? a.map((one) => axis(one, line)) : axis(a, line));
    const point = (d) => (d && d.role ? Object.assign({}, d, { itemStyle: { color: c[d.role], opacity: 0.85 } }) : d);
    return Object.assign({}, option, {
      textStyle: { fontFamily: font },
      legend: option.legend && Object.assign({}, option.legend, { textStyle: { color: c.faint, fontSize: 12 }, inactiveColor: c.rule }),
      tooltip: Object.assign({}, option.tooltip, { backgroundColor: c.paper, borderColor: c.rule, textStyle: { color: c.ink, fontSize: 12 } }),
      xAxis: option.xAxis && many(option.xAxis, true), yAxis: option.yAxis && many(option.yAxis, false),
      visualMap: option.visualMap && Object.assign({}, option.visualMap, { inRange: { color: option.visualMap.roles.map((r) => c[r]) }, textStyle: { color: c.faint, fontSize: 11 } }),
      parallelAxis: option.parallelAxis && option.parallelAxis.map((a) => Object.assign({}, a, { axisLine: { lineStyle: { color: c.rule } }, axisTick: { show: false },
        axisLabel: label, nameTextStyle: { color: c.ink, fontSize: 12 } })),
      series: option.series.map((s) => Object.assign({}, s, {
        itemStyle: s.role && { color: c[s.role] }, lineStyle: Object.assign(s.role ? { color: c[s.role] } : {}, s.lineStyle),
        tooltip: { valueFormatter: formats[s.format] }, data: s.data.map(point),
      })),
    });
  }
  function draw() {
    const c = colours();
    for (const [name, option] of Object.entries(options)) {
      const place = document.getElementById('chart-' + name);
      if (!place || !option) continue;
      if (!charts.has(name)) charts.set(name, echarts.init(place, null, { renderer: 'svg' }));
      charts.get(name).setOption(dress(option, c), true);
    }
  }
  const fit = () => charts.forEach((chart) => chart.resize());
  draw();
  dark.addEventListener('change', draw);
  window.addEventListener('resize', fit);
  window.addEventListener('beforeprint', () => { fit(); draw(); });
  window.addEventListener('afterprint', () => { fit(); draw(); });
})();
`;

/**
 * What runs in the reader's browser: draws the charts in the colours of the page's style sheet, light or dark, again
 * whenever the theme, the window or the paper changes. Plain JavaScript without dependencies but ECharts.
 */
export const pageScript = `
(() => {
  const options = JSON.parse(document.getElementById('charts').textContent);
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const charts = new Map();
  const amount = (v) => Number(v).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const units = { equity: amount, benchmark: amount, drawdown: (v) => Number(v).toFixed(2) + ' %' };

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
      splitLine: { show: !line, lineStyle: { color: c.rule } }, axisLabel: Object.assign({}, label, a.axisLabel),
    });
    const many = (a, line) => (Array.isArray(a) ? a.map((one) => axis(one, line)) : axis(a, line));
    const line = { equity: c.accent, benchmark: c.muted, drawdown: c.loss, returns: c.gain };
    return Object.assign({}, option, {
      textStyle: { fontFamily: font },
      legend: option.legend && Object.assign({}, option.legend, { textStyle: { color: c.faint, fontSize: 12 }, inactiveColor: c.rule }),
      tooltip: Object.assign({}, option.tooltip, { backgroundColor: c.paper, borderColor: c.rule, textStyle: { color: c.ink, fontSize: 12 } }),
      xAxis: many(option.xAxis, true), yAxis: many(option.yAxis, false),
      series: option.series.map((s) => Object.assign({}, s, {
        itemStyle: { color: line[s.id] }, lineStyle: Object.assign({ color: line[s.id] }, s.lineStyle),
        tooltip: units[s.id] && { valueFormatter: units[s.id] },
        data: s.id === 'returns' ? s.data.map((d) => ({ value: d.value, itemStyle: { color: d.loss ? c.loss : c.gain, opacity: 0.85 } })) : s.data,
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

import { Component, input, output } from '@angular/core';
import type { ECharts, EChartsCoreOption } from 'echarts/core';
import { NgxEchartsDirective, provideEchartsCore } from 'ngx-echarts';

/** Shows chart options; knows nothing of what they mean. The one door to ECharts, loaded when first shown. */
@Component({
  selector: 'q-chart',
  imports: [NgxEchartsDirective],
  providers: [provideEchartsCore({ echarts: () => import('./chart-echarts').then((m) => m.echarts) })],
  host: { role: 'img', '[attr.aria-label]': 'label()' },
  template: `<div echarts class="canvas" [options]="blank" [merge]="options()" (chartInit)="listen($event)"></div>`,
  styles: `
    :host,
    .canvas {
      display: block;
      width: 100%;
      height: 100%;
      min-height: 0;
    }
  `,
})
export class Chart {
  readonly options = input.required<EChartsCoreOption>();
  readonly label = input.required<string>();
  /** The visible stretch of the x axis, in its own values, after zooming or moving. */
  readonly zoomed = output<{ readonly from: number; readonly to: number }>();

  /** Options arrive as merges, so that a gesture under way survives them. */
  protected readonly blank: EChartsCoreOption = {};

  protected listen(chart: ECharts): void {
    chart.on('datazoom', () => {
      const [zoom] = (chart.getOption()['dataZoom'] ?? []) as { startValue: number; endValue: number }[];
      if (zoom) this.zoomed.emit({ from: zoom.startValue, to: zoom.endValue });
    });
  }
}

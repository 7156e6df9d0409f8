export { type ChartKey, chartKeys } from './keys.ts'
export { LinkChart, type LinkChartProps } from './link-chart.tsx'
export {
  type ChartData,
  type ChartEdge,
  type ChartNode,
  type EdgeKind,
  edgeKinds,
  nodeKinds,
  type SearchAround,
} from './model/types.ts'

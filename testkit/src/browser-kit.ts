export { type Desktop, type Look, type NoBrowser, type OpenBrowser, openBrowser } from './browser.ts'
export { freePort, type Person, startTrainingCell, type TrainingCell } from './browser-cell.ts'
export { type ChartPage, startChartPage } from './browser-chart.ts'
export { findViolations, lookAt, signIn, type Violation } from './browser-desk.ts'
export { FIRST_NUMBER, fillQueue } from './browser-full-queue.ts'
export {
  arrowTo,
  type Focus,
  fillIn,
  focusOf,
  keepsFocus,
  pressKeys,
  submitForm,
  tabTo,
  typeText,
} from './browser-keys.ts'
export type { Watch } from './browser-watch.ts'

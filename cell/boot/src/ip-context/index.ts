export { type LoadedContext, loadContextFolder, noContext } from './load-folder.ts'

import { smallStore } from './small-store.ts'

export interface Settings {
  readonly theme: 'system' | 'dark' | 'light'
  /** WCAG 2.1.4: shortcuts of a single character can be switched off. */
  readonly singleKeys: boolean
  readonly preview: boolean
}

const KEY = 'tandem.desk'
const normal: Settings = { theme: 'system', singleKeys: true, preview: true }

function read(): Settings {
  try {
    const held: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    if (typeof held !== 'object' || held === null) return normal
    const theme = 'theme' in held && (held.theme === 'dark' || held.theme === 'light') ? held.theme : 'system'
    const singleKeys = !('singleKeys' in held && held.singleKeys === false)
    const preview = !('preview' in held && held.preview === false)
    return { theme, singleKeys, preview }
  } catch {
    return normal
  }
}

export const settings = smallStore<Settings>(read())

const apply = () => {
  const { theme } = settings.get()
  if (theme === 'system') document.documentElement.removeAttribute('data-theme')
  else document.documentElement.setAttribute('data-theme', theme)
}

export function keepSettings(): void {
  apply()
  settings.subscribe(() => {
    apply()
    try {
      localStorage.setItem(KEY, JSON.stringify(settings.get()))
    } catch {
      // A desktop that forbids storage still works: the settings last until the page closes.
    }
  })
}

export const setSetting = (change: Partial<Settings>): void => settings.update((before) => ({ ...before, ...change }))

/** The first key of a VICS file names the model version, the country profile and what `value` holds. */
export interface VicsContext {
  readonly version: string
  readonly profile: string
  readonly shape: 'media' | 'cases'
  /** Category numbers mean different things by version and country, so this travels with each of them. */
  readonly scheme: string
}

const VERSION_1 = /\/DataModels\/(1\.[0-9]{1,2})\.xml#(Media|Cases)$/i
const VERSION_2 = /\/DataModels\/(2\.[0-9]{1,2})\.xml\/([A-Za-z0-9_-]{1,40})\/\$metadata#(Media|Cases)$/i

export function readContext(key: string, value: string): VicsContext | null {
  if (key === 'odata.metadata') {
    const [, version, what] = VERSION_1.exec(value) ?? []
    return version === undefined || what === undefined ? null : context(version, 'Default', what)
  }
  if (key === '@odata.context') {
    const [, version, profile, what] = VERSION_2.exec(value) ?? []
    if (version === undefined || profile === undefined || what === undefined) return null
    return context(version, profile, what)
  }
  return null
}

const context = (version: string, profile: string, what: string): VicsContext => ({
  version,
  profile,
  shape: what.toLowerCase() === 'cases' ? 'cases' : 'media',
  scheme: `vics/${version}/${profile}`,
})

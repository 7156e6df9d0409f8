import type { Place, PlacedFact, PlacesOfFacts } from './record.ts'

/** The places of those facts that are said. */
export const placed = (places: { readonly [fact in PlacedFact]?: Place | null | undefined }): PlacesOfFacts =>
  Object.fromEntries(Object.entries(places).filter(([, place]) => place !== null && place !== undefined))

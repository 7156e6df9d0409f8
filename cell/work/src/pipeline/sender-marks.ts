import type { FlagName } from '@tandem/triage'

/**
 * What a sender's mark says, word for word; nothing is read out of free text. NCMEC's report and file annotations,
 * and the marks of the UK profile. A mark that is not in this table stays visible on the referral and moves nothing.
 */
const marks: { readonly [mark: string]: readonly FlagName[] } = {
  sextortion: ['sextortion'],
  csamsolicitation: ['groomingOfChild'],
  grooming: ['groomingOfChild'],
  textonlygrooming: ['groomingOfChild'],
  minortominorinteraction: ['minorToMinor'],
  minortominor: ['minorToMinor'],
  sadisticonlineexploitation: ['physicalHarmOrSadistic'],
  physicalharm: ['physicalHarmOrSadistic'],
  violencegore: ['physicalHarmOrSadistic'],
  livestreaming: ['liveStreaming'],
  infant: ['childIsInfant'],
  possibleselfproduction: ['childMadeOrSentMaterial'],
  selfproduced: ['childMadeOrSentMaterial'],
  selfgenerated: ['childMadeOrSentMaterial'],
  generativeai: ['generativeAi'],
  viral: ['viralOrMeme'],
  viralpotentialmeme: ['viralOrMeme'],
  viralormeme: ['viralOrMeme'],
  potentialmeme: ['viralOrMeme'],
  meme: ['viralOrMeme'],
  abusenow: ['abuseNowOrImminent'],
  abuseimminent: ['abuseNowOrImminent'],
  abusenoworimminent: ['abuseNowOrImminent'],
  threattolife: ['threatToLife'],
  selfharm: ['selfHarmStated'],
  selfharmstated: ['selfHarmStated'],
  meetingplanned: ['meetingPlanned'],
  contactoffendingsuspected: ['contactOffendingSuspected'],
  recentlymade: ['recentlyMadeMaterial'],
  recentlymadematerial: ['recentlyMadeMaterial'],
  childidentified: ['childIdentifiedOrLocated'],
  severalchildren: ['severalChildren'],
  producer: ['producerSignals'],
  accesstochildren: ['accessToChildren'],
  positionoftrust: ['positionOfTrust'],
  groupadministrator: ['administersGroup'],
  adultsknown: ['adultsKnown'],
}

export const saysOfMark = (mark: string): readonly FlagName[] => marks[mark.toLowerCase().replace(/[^a-z]/g, '')] ?? []

/** Marks that make a report look less urgent. */
export const isCalming = (mark: string): boolean =>
  saysOfMark(mark).some((flag) => flag === 'viralOrMeme' || flag === 'adultsKnown' || flag === 'generativeAi')

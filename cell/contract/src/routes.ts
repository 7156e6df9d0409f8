import { allAttributions, showAttribution } from './attributions/list.ts'
import { judgeAttribution, proposeAttribution } from './attributions/propose.ts'
import { correctAttribution, settleAttribution } from './attributions/settle.ts'
import { cancelAuthority } from './authorities/cancel.ts'
import { createAuthority } from './authorities/create.ts'
import { giveLane } from './authorities/give-lane.ts'
import { allAuthorities } from './authorities/list.ts'
import { createPurpose } from './authorities/purpose.ts'
import { acceptRun } from './deconfliction/accept.ts'
import { askAudit, inspectRuns, openAudit } from './deconfliction/audit.ts'
import { decideRun } from './deconfliction/decide.ts'
import { decideRelease } from './deconfliction/decide-release.ts'
import { allRuns } from './deconfliction/list.ts'
import {
  acceptGrant,
  decideGrant,
  endGrant,
  proposeGrant,
  refuseGrant,
  takeGrant,
} from './deconfliction/lookup-grants.ts'
import { allLookups, askLookupAudit, inspectLookups, lookUp, openLookupAudit } from './deconfliction/lookups.ts'
import { proposeRun } from './deconfliction/propose.ts'
import { refuseRun } from './deconfliction/refuse.ts'
import { proposeRelease } from './deconfliction/release.ts'
import { showRun } from './deconfliction/show.ts'
import { stopRun } from './deconfliction/stop.ts'
import { allDeliveries, showDelivery } from './deliveries/list.ts'
import { receive } from './deliveries/receive.ts'
import { events } from './events/events.ts'
import { alive, health } from './health/health.ts'
import { explainHit } from './hits/explain.ts'
import { choicesBetween, chooseFirst, withdrawChoice } from './learning/choices.ts'
import { disagree, withdrawDisagreement } from './learning/disagree.ts'
import { allDisagreements } from './learning/disagreements.ts'
import { auditSlice, inspectRanks } from './learning/slice.ts'
import { allWeights, proposeWeightSet, replayWeightSet, showWeights } from './learning/weights.ts'
import { audit } from './ledger/audit.ts'
import { bundle } from './ledger/bundle.ts'
import { entries } from './ledger/entries.ts'
import { logs } from './ledger/logs.ts'
import { proof } from './ledger/proof.ts'
import { listHits } from './lists/hits.ts'
import { allLists } from './lists/list.ts'
import { loadList } from './lists/load.ts'
import { listProfiles, saveListProfile } from './lists/profiles.ts'
import { withdrawList } from './lists/withdraw.ts'
import { withdrawEntry } from './lists/withdraw-entry.ts'
import { pending } from './proposals/list.ts'
import { settle } from './proposals/settle.ts'
import { close } from './referrals/close.ts'
import { decline } from './referrals/decline.ts'
import { erase } from './referrals/erase.ts'
import { hold } from './referrals/hold.ts'
import { merge } from './referrals/merge.ts'
import { narratives } from './referrals/narratives.ts'
import { note } from './referrals/note.ts'
import { setPriority } from './referrals/priority.ts'
import { queue } from './referrals/queue.ts'
import { release } from './referrals/release.ts'
import { safeguard } from './referrals/safeguard.ts'
import { show } from './referrals/show.ts'
import { take } from './referrals/take.ts'
import { undo } from './referrals/undo.ts'
import { acknowledge } from './safeguarding/acknowledge.ts'
import { closeTrack } from './safeguarding/close.ts'
import { openTracks } from './safeguarding/list.ts'
import { search } from './search/search.ts'
import { choose } from './session/choose.ts'
import { signOut } from './session/sign-out.ts'
import { standing } from './session/standing.ts'
import { chartAround } from './subjects/chart.ts'
import { mergeSubjects, setAsideValue, splitSubject, undoLinkDecision } from './subjects/decide.ts'
import { explainPair } from './subjects/link.ts'
import { rankedSubjects } from './subjects/ranked.ts'
import { showSubject } from './subjects/show.ts'

/** Every route there is: the server refuses to start when one has no handler. */
export const routes = {
  cancelAuthority,
  createAuthority,
  giveLane,
  allAuthorities,
  createPurpose,
  allRuns,
  inspectRuns,
  showRun,
  proposeRun,
  decideRun,
  acceptRun,
  refuseRun,
  stopRun,
  proposeRelease,
  decideRelease,
  askAudit,
  openAudit,
  allLookups,
  inspectLookups,
  askLookupAudit,
  openLookupAudit,
  lookUp,
  proposeGrant,
  decideGrant,
  acceptGrant,
  refuseGrant,
  takeGrant,
  endGrant,
  allDeliveries,
  showDelivery,
  receive,
  events,
  alive,
  health,
  explainHit,
  entries,
  logs,
  proof,
  bundle,
  audit,
  allLists,
  listHits,
  loadList,
  withdrawList,
  withdrawEntry,
  listProfiles,
  saveListProfile,
  pending,
  settle,
  close,
  decline,
  erase,
  hold,
  merge,
  narratives,
  note,
  setPriority,
  queue,
  release,
  safeguard,
  show,
  take,
  undo,
  acknowledge,
  closeTrack,
  openTracks,
  search,
  choose,
  signOut,
  standing,
  rankedSubjects,
  showSubject,
  explainPair,
  chartAround,
  mergeSubjects,
  splitSubject,
  setAsideValue,
  undoLinkDecision,
  judgeAttribution,
  proposeAttribution,
  allAttributions,
  showAttribution,
  settleAttribution,
  correctAttribution,
  disagree,
  withdrawDisagreement,
  allDisagreements,
  chooseFirst,
  choicesBetween,
  withdrawChoice,
  allWeights,
  auditSlice,
  inspectRanks,
  showWeights,
  proposeWeightSet,
  replayWeightSet,
} as const

export type RouteName = keyof typeof routes

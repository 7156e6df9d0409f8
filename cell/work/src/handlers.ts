import { allAttributions } from './commands/attributions/all.ts'
import { correctAttribution } from './commands/attributions/correct.ts'
import { judgeAttribution } from './commands/attributions/judge.ts'
import { proposeAttribution } from './commands/attributions/propose.ts'
import { settleAttribution } from './commands/attributions/settle.ts'
import { showAttribution } from './commands/attributions/show.ts'
import { allAuthorities } from './commands/authorities/all.ts'
import { cancelAuthority } from './commands/authorities/cancel.ts'
import { createAuthority } from './commands/authorities/create.ts'
import { giveLane } from './commands/authorities/give-lane.ts'
import { createPurpose } from './commands/authorities/purpose.ts'
import { acceptRun } from './commands/deconfliction/accept.ts'
import { askAudit, inspectRuns, openAudit } from './commands/deconfliction/audit.ts'
import { decideRun } from './commands/deconfliction/decide.ts'
import { acceptGrant, refuseGrant } from './commands/deconfliction/grant-answer.ts'
import { decideGrant, endGrant, proposeGrant } from './commands/deconfliction/grant-ask.ts'
import { takeGrant } from './commands/deconfliction/grant-take.ts'
import { allRuns } from './commands/deconfliction/list.ts'
import { lookUp } from './commands/deconfliction/look-up.ts'
import { askLookupAudit, openLookupAudit } from './commands/deconfliction/lookup-audit.ts'
import { allLookups, inspectLookups } from './commands/deconfliction/lookups.ts'
import { proposeRun } from './commands/deconfliction/propose.ts'
import { refuseRun } from './commands/deconfliction/refuse.ts'
import { decideRelease, proposeRelease } from './commands/deconfliction/release.ts'
import { showRun } from './commands/deconfliction/show.ts'
import { stopRun } from './commands/deconfliction/stop.ts'
import { allDeliveries } from './commands/deliveries/recent.ts'
import { showDelivery } from './commands/deliveries/show.ts'
import { health } from './commands/health/show.ts'
import { explainHit } from './commands/hits/explain.ts'
import { choicesBetween } from './commands/learning/choices-between.ts'
import { chooseFirst } from './commands/learning/choose-first.ts'
import { disagree } from './commands/learning/disagree.ts'
import { allDisagreements } from './commands/learning/disagreements.ts'
import { inspectRanks } from './commands/learning/inspect-ranks.ts'
import { proposeWeightSet } from './commands/learning/propose-weights.ts'
import { auditSlice } from './commands/learning/slice.ts'
import { allWeights, replayWeightSet, showWeights } from './commands/learning/weights.ts'
import { withdrawChoice } from './commands/learning/withdraw-choice.ts'
import { withdrawDisagreement } from './commands/learning/withdraw-disagreement.ts'
import { audit } from './commands/ledger/audit.ts'
import { bundle } from './commands/ledger/bundle.ts'
import { entries } from './commands/ledger/entries.ts'
import { logs } from './commands/ledger/logs.ts'
import { proof } from './commands/ledger/proof.ts'
import { allLists } from './commands/lists/all.ts'
import { listHits } from './commands/lists/hits.ts'
import { loadList } from './commands/lists/load.ts'
import { listProfiles, saveListProfile } from './commands/lists/profiles.ts'
import { withdrawList } from './commands/lists/withdraw.ts'
import { withdrawEntry } from './commands/lists/withdraw-entry.ts'
import { pending } from './commands/proposals/pending.ts'
import { settle } from './commands/proposals/settle.ts'
import { close } from './commands/referrals/close.ts'
import { decline } from './commands/referrals/decline.ts'
import { erase } from './commands/referrals/erase.ts'
import { hold } from './commands/referrals/hold.ts'
import { merge } from './commands/referrals/merge.ts'
import { narratives } from './commands/referrals/narratives.ts'
import { note } from './commands/referrals/note.ts'
import { setPriority } from './commands/referrals/priority.ts'
import { queue } from './commands/referrals/queue.ts'
import { release } from './commands/referrals/release.ts'
import { safeguard } from './commands/referrals/safeguard.ts'
import { show } from './commands/referrals/show.ts'
import { take } from './commands/referrals/take.ts'
import { undo } from './commands/referrals/undo.ts'
import { acknowledge } from './commands/safeguarding/acknowledge.ts'
import { closeTrack } from './commands/safeguarding/close.ts'
import { openTracks } from './commands/safeguarding/open.ts'
import { search } from './commands/search/search.ts'
import { choose } from './commands/session/choose.ts'
import { standing } from './commands/session/standing.ts'
import { chartAround } from './commands/subjects/chart.ts'
import { explainPair } from './commands/subjects/link.ts'
import { mergeSubjects } from './commands/subjects/merge.ts'
import { rankedSubjects } from './commands/subjects/ranked.ts'
import { setAsideValue } from './commands/subjects/set-aside.ts'
import { showSubject } from './commands/subjects/show.ts'
import { splitSubject } from './commands/subjects/split.ts'
import { undoLinkDecision } from './commands/subjects/undo.ts'
import type { Handlers } from './handler.ts'

/** One command a route: parse (contract) → policy → transaction (change, event, ledger, outbox) → presenter. */
export const handlers: Handlers = {
  acknowledge,
  allAuthorities,
  allDeliveries,
  allLists,
  listHits,
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
  cancelAuthority,
  choose,
  close,
  closeTrack,
  createAuthority,
  createPurpose,
  decline,
  entries,
  logs,
  proof,
  bundle,
  audit,
  erase,
  explainHit,
  giveLane,
  health,
  hold,
  loadList,
  merge,
  narratives,
  note,
  openTracks,
  pending,
  queue,
  release,
  safeguard,
  search,
  setPriority,
  settle,
  show,
  showDelivery,
  standing,
  take,
  undo,
  withdrawList,
  withdrawEntry,
  listProfiles,
  saveListProfile,
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
}

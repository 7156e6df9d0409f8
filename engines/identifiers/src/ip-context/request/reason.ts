/** Stable names: a reason never changes its meaning. */
export type RequestReasonCode =
  | 'not-an-address'
  | 'private-range'
  | 'carrier-nat-inside'
  | 'special-range'
  | 'tunnel-address'
  | 'port-missing-behind-nat'
  | 'port-missing'
  | 'time-missing'
  | 'time-invalid'
  | 'zone-unknown'
  | 'zone-ambiguous'
  | 'zone-assumed'
  | 'hour-twice'
  | 'hour-left-out'
  | 'day-order-undecided'
  | 'seconds-missing-behind-nat'
  | 'time-in-future'
  | 'retention-elapsed'
  | 'tor-exit'
  | 'tor-exit-near'
  | 'tor-relay'
  | 'tor-exit-not-said'
  | 'tor-nearby'
  | 'tor-depends'
  | 'tor-no-data'
  | 'tor-too-young'
  | 'tor-not-checked'
  | 'tor-listed-now'
  | 'vpn'
  | 'relay-service'
  | 'proxy'
  | 'hosting'
  | 'listed-kind-not-stated'

export interface RequestReason {
  readonly code: RequestReasonCode
  /** `no`: it would not lead to the user. `more`: something must come first. `note`: to be known. */
  readonly weighs: 'no' | 'more' | 'note'
  readonly says: string
}

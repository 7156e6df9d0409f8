/** Why something is not accepted: a stable code for programs and one sentence for a reader. */
export interface LedgerRefusal {
  readonly code: string
  readonly says: string
}

export const refusal = (code: string, says: string): { readonly ok: false; readonly error: LedgerRefusal } => ({
  ok: false,
  error: { code, says },
})

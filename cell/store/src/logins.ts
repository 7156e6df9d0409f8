/** One database login for each class of capability. None is a member of another, so none can widen itself. */
export const logins = [
  'tandem_gate',
  'tandem_officer',
  'tandem_supervisor',
  'tandem_ingest',
  'tandem_partner',
  'tandem_inspector',
  'tandem_export',
  'tandem_administrator',
  'tandem_notifier',
] as const

export type Login = (typeof logins)[number]

/** Roles that own or found; nobody can log in as one of them. */
export const standingRoles = ['tandem_owner', 'tandem_gatekeeper', 'tandem_founder'] as const

export type Passwords = { readonly [login in Login]: string }

const isLogin = (name: string): name is Login => logins.some((login) => login === name)

export function parseLogin(name: string): Login {
  if (!isLogin(name)) throw new TypeError(`not a login of the cell: ${name}`)
  return name
}

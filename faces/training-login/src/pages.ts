import type { TrainingPerson } from './training-login.ts'

export const styleSheet = `:root { color-scheme: dark; }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: #14171a; color: #e6e9ec;
  font: 1rem/1.5 system-ui, sans-serif; }
main { width: min(30rem, calc(100vw - 2rem)); margin: 2rem 0; padding: 2rem; background: #1c2024;
  border: 1px solid #343a40; border-radius: 8px; }
h1 { margin: 0 0 .5rem; font-size: 1.25rem; font-weight: 600; }
p { margin: 0 0 1rem; }
.banner { padding: .5rem .75rem; color: #f2d58a; background: #2b2615; border: 1px solid #6d5d26; border-radius: 6px; }
.refused { padding: .5rem .75rem; color: #ffc9c2; background: #34191a; border: 1px solid #8c4a47; border-radius: 6px; }
fieldset { margin: 0 0 1rem; padding: .75rem; border: 1px solid #4a525a; border-radius: 6px; }
legend { padding: 0 .375rem; }
.person { display: flex; gap: .625rem; align-items: baseline; padding: .375rem; border-radius: 4px; }
.person:hover { background: #272c31; }
.role { color: #b3bbc3; }
label[for="pin"] { display: block; margin-bottom: .25rem; }
input[type="password"], button { width: 100%; padding: .625rem .75rem; font: inherit; border-radius: 6px; }
input[type="password"] { color: inherit; background: #14171a; border: 1px solid #7c868f; }
button { margin-top: 1rem; color: #0e1a2b; background: #8ab4f8; border: 1px solid #8ab4f8; font-weight: 600; }
button:hover { background: #a5c5fa; }
:focus-visible { outline: 3px solid #8ab4f8; outline-offset: 2px; }
`

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (each) => `&#${each.charCodeAt(0)};`)

function page(prefix: string, title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} - Tandem</title>
<link rel="stylesheet" href="${prefix}/style.css">
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${content}
</main>
</body>
</html>
`
}

export interface SignInPage {
  readonly prefix: string
  readonly action: string
  readonly people: readonly TrainingPerson[]
  readonly isRefused: boolean
}

export function signInPage({ prefix, action, people, isRefused }: SignInPage): string {
  const agencies = [...new Set(people.map((person) => person.agency))]
  const groups = agencies.map((agency) => {
    const members = people.filter((person) => person.agency === agency).map(choice)
    return `<fieldset>\n<legend>${escapeHtml(agency)}</legend>\n${members.join('\n')}\n</fieldset>`
  })
  const refused = isRefused ? '<p class="refused" role="alert">The sign-in did not succeed. Try again.</p>\n' : ''
  return page(
    prefix,
    'Training sign-in',
    `<p class="banner">Training cell: invented people and records only.</p>
${refused}<form method="post" action="${escapeHtml(action)}" autocomplete="off">
${groups.join('\n')}
<label for="pin">PIN</label>
<input id="pin" name="pin" type="password" inputmode="numeric" autocomplete="off" maxlength="64" required>
<button type="submit">Sign in</button>
</form>`,
  )
}

function choice(person: TrainingPerson): string {
  const value = escapeHtml(person.subject)
  return (
    `<label class="person"><input type="radio" name="person" value="${value}" required>` +
    `<span>${escapeHtml(person.name)} <span class="role">${escapeHtml(person.role)}</span></span></label>`
  )
}

export const lapsedPage = (prefix: string): string =>
  page(prefix, 'Not signed in', '<p>This sign-in is over or was never begun. Start again at the desk.</p>')

import { errorCatalogue } from '@tandem/core'

/** The few pages that exist before the desk: plain HTML, no script, one stylesheet of our own. */
export const styleSheet = `:root { color-scheme: dark; }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: #14171a; color: #e6e9ec;
  font: 1rem/1.5 system-ui, sans-serif; }
main { width: min(26rem, calc(100vw - 2rem)); padding: 2rem; background: #1c2024; border: 1px solid #343a40;
  border-radius: 8px; }
h1 { margin: 0 0 1rem; font-size: 1.25rem; font-weight: 600; }
p { margin: 0 0 1rem; }
ul { margin: 0; padding: 0; list-style: none; display: grid; gap: .5rem; }
a { display: block; padding: .625rem 1rem; color: #e6e9ec; background: #272c31; border: 1px solid #6b7681;
  border-radius: 6px; text-decoration: none; }
a:hover { background: #30363c; }
a:focus-visible { outline: 3px solid #8ab4f8; outline-offset: 2px; }
`

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

function page(title: string, content: string, head = ''): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${head}<title>${escapeHtml(title)} - Tandem</title>
<link rel="stylesheet" href="/auth/style.css">
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

const link = (address: string, text: string): string => `<a href="${address}">${escapeHtml(text)}</a>`

export function choicePage(cell: string, providers: readonly { readonly name: string }[]): string {
  const items = providers.map((provider, index) => `<li>${link(`/auth/sign-in/${index}`, provider.name)}</li>`)
  return page('Sign in', `<p>${escapeHtml(cell)}: choose your agency.</p>\n<ul>\n${items.join('\n')}\n</ul>`)
}

/**
 * A Strict cookie is not sent while a chain of redirects that began elsewhere still runs. This page ends the chain:
 * the step to the desk starts here and carries the cookie.
 */
export const signedInPage: string = page(
  'Signed in',
  link('/', 'Go to the desk'),
  '<meta http-equiv="refresh" content="0; url=/">\n',
)

/** One page for every reason: a stranger does not learn that a person exists or is locked. */
export const failurePage: string = page(
  'Not signed in',
  `<p>${escapeHtml(errorCatalogue['TANDEM-AUTH-003'].message)}</p>\n${link('/auth/sign-in', 'Try again')}`,
)

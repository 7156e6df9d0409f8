/** Characters that no identifier of ours may hold: C0 and C1 controls, DEL. */
export function hasControl(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code < 32 || (code >= 127 && code < 160)) return true
  }
  return false
}

export const isDigits = (text: string): boolean => /^[0-9]+$/.test(text)

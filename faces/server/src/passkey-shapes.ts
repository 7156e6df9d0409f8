import { z } from 'zod'

const base64url = z
  .string()
  .max(20_000)
  .regex(/^[\w-]*$/)
const extensions = z.record(z.string().max(60), z.unknown()).transform(() => ({}))

// Browsers add members over time (WebAuthn level 3, section 5.1): what is not named here is dropped, not refused.
const envelope = {
  id: base64url.max(1400),
  rawId: base64url.max(1400),
  type: z.literal('public-key'),
  clientExtensionResults: extensions.default({}),
}

export const registrationBody = z.object({
  ...envelope,
  response: z.object({ clientDataJSON: base64url, attestationObject: base64url }),
})

export const assertionBody = z.object({
  ...envelope,
  response: z.object({ clientDataJSON: base64url, authenticatorData: base64url, signature: base64url }),
})

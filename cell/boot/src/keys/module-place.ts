import { z } from 'zod'

/** Where a root lies in a hardware module, as PKCS #11 v3.0 names it. */
export const modulePlace = z.strictObject({
  /** The maker's PKCS#11 library. */
  library: z.string().min(1),
  /** CKA_LABEL of the token. */
  token: z.string().min(1).max(32),
  /** CKA_ID of the key, in hex. */
  key: z.string().regex(/^(?:[0-9a-f]{2}){1,32}$/),
  /** `pkcs11-tool` of OpenSC, or its path. */
  tool: z.string().min(1),
})
export type ModulePlace = z.output<typeof modulePlace>

import { fileURLToPath } from 'node:url'

/** The example operation that a training cell plays. */
export const firstLight = {
  name: 'Operation First Light',
  seed: 'operation first light 1',
  folder: fileURLToPath(new URL('../../../examples/operation-first-light', import.meta.url)),
}

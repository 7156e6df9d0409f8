import type { FastifyInstance } from 'fastify'

/** How long a request may still run when the server closes; a delivery without receipt is sent again by its sender. */
const PATIENCE = 20_000

/** What runs is finished, its connection is not kept, and nobody can hold the door open for ever. */
export function closeInOrder(app: FastifyInstance): void {
  let isClosing = false
  let patience: NodeJS.Timeout | undefined
  app.addHook('preClose', async () => {
    isClosing = true
    patience = setTimeout(() => app.server.closeAllConnections(), PATIENCE)
  })
  app.addHook('onSend', async (_request, reply) => {
    if (isClosing) reply.header('connection', 'close')
  })
  app.addHook('onClose', async () => clearTimeout(patience))
}

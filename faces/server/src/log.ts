import type { FastifyInstance, FastifyServerOptions } from 'fastify'

/** Whatever a library logs by itself is reduced as well: no URL, no header, no message of an error. */
export function loggerTo(stream: { write(line: string): void } | undefined): FastifyServerOptions['logger'] {
  if (stream === undefined) return false
  return {
    level: 'info',
    stream,
    base: null,
    timestamp: () => `,"at":"${new Date().toISOString()}"`,
    redact: { paths: ['url', 'headers', 'query', 'params', 'body', 'err.message', 'res.headers'], remove: true },
    serializers: {
      req: (request) => ({ method: request.method }),
      res: () => ({}),
      err: (error) => ({ type: error.name, message: '', stack: '' }),
    },
  }
}

/** One line a request: the route's pattern, never the address that was asked for. */
export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    request.log.info({
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
      reference: request.id,
    })
  })
}

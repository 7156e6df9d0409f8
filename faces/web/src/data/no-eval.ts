/**
 * The desk is served under a policy that forbids `eval`. Zod would try it once to compile its parsers; this setting,
 * read when Zod loads, keeps it from trying. So this module is imported before all others.
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } })

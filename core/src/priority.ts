/** NCA CSEA-IRP: P1 risk to a person now or imminent, P2 possible soon or time-sensitive, P3 other. */
export type Priority = 'P1' | 'P2' | 'P3'

export const priorities: readonly Priority[] = ['P1', 'P2', 'P3']

/** P1 is higher than P2; absent is lowest. */
export const isHigher = (a: Priority, b: Priority | null): boolean => b === null || a < b

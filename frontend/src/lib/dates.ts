const DAY_MS = 86_400_000

/** A plain date, `2026-11-23`, of the day it is here. */
export function today(now: Date = new Date()): string {
  const month = String(now.getMonth() + 1).padStart(2, '0')
  return `${now.getFullYear()}-${month}-${String(now.getDate()).padStart(2, '0')}`
}

/** Midnight UTC of a plain date: dates carry no zone and must be shown as they are. */
export function utcOf(date: string): Date {
  return new Date(`${date}T00:00:00Z`)
}

export function daysBetween(from: string, to: string): number {
  return Math.round((utcOf(to).getTime() - utcOf(from).getTime()) / DAY_MS)
}

export function addDays(date: string, days: number): string {
  return new Date(utcOf(date).getTime() + days * DAY_MS).toISOString().slice(0, 10)
}

/** For a greeting that knows the time of day. */
export function dayPart(now: Date): 'morning' | 'afternoon' | 'evening' {
  const hour = now.getHours()
  if (hour < 5 || hour >= 18) return 'evening'
  return hour < 12 ? 'morning' : 'afternoon'
}
